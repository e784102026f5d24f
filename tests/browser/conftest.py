import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import DemoServer, demo_server, free_port
from tests.built_demo import set_port

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def _fresh_caches():
    """The demo's server has its own caches; these tests touch no database of their own."""


@pytest.fixture(scope="session")
def server(built_demo, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[DemoServer]:
    """A copy of the built demo, served."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    with django_db_blocker.unblock():
        database_url = built_demo.lend("server")
        set_port(database_url, port)
    shutil.copytree(built_demo.served_media, folder / "media")
    with demo_server(database_url, folder, port) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, closed with the module: its event loop would keep later tests from using the database."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


class Watched:
    """What a page asked for and complained about while a test looked at it."""

    def __init__(self, page: Page):
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def strangers(self, own_host: str) -> list[str]:
        """Requests to any other host."""
        return [url for url in self.requests if own_host not in url and not url.startswith("data:")]


@pytest.fixture
def open_page(browser):
    """A new browser window: `open_page(PHONE)`; closed after the test."""
    contexts = []

    def opened(viewport=DESKTOP, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.watched = Watched(page)
        return page

    yield opened
    for context in contexts:
        context.close()
