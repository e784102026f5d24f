"""A project that has taken the product in, in a browser: its own sites as before, and clinics beside them."""

import os
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import free_port
from tests.plugin import driving

pytestmark = pytest.mark.browser
PASSWORD = "a long password"
#: An editor and an administrator of the project, and words on its front page.
PROJECTS_OWN = f"""
from django.contrib.auth.models import Group, User
from wagtail.models import Page
editor = User.objects.create_user("editor", "editor@agency.example", {PASSWORD!r})
editor.groups.add(Group.objects.get(name="Moderators"))
User.objects.create_superuser("boss", "boss@agency.example", {PASSWORD!r})
home = Page.objects.get(slug="home", depth=2).specific
home.title = "The agency's own front page"
home.save_revision().publish()
"""
#: The sites answer at the port of this test, and the clinic's owner may sign in.
READY = f"""
from django.contrib.auth import get_user_model
from wagtail.models import Site
for site in Site.objects.filter(hostname="north.localhost"):
    site.port = {{port}}
    site.save()
owner = get_user_model().objects.get(email="owner@north.example")
owner.set_password({PASSWORD!r})
owner.save()
"""
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
#: What a visitor of the project's front page can tell of it: its words, and how each element looks.
LOOK = """() => [document.body.innerText, ...[...document.querySelectorAll('body *')].map((element) => {
  const look = getComputedStyle(element);
  return [element.tagName, look.font, look.color, look.backgroundColor, look.margin, look.display].join(' ');
})]"""


def is_ours(said):
    """Whether the console's word is a complaint, but for Wagtail's portraits, which a stranger keeps."""
    return said.type == "error" and "gravatar.com" not in said.location["url"]


class Served:
    """A project that its own development server serves, and browsers that visit it."""

    def __init__(self, project, browser):
        self.project = project
        self.browser = browser
        self.port = free_port()
        self.server = None

    def start(self):
        """Start the server; wait until it answers."""
        path = os.pathsep.join([str(self.project.folder), str(self.project.installed)])
        environ = os.environ | {"DJANGO_SETTINGS_MODULE": self.project.settings, "PYTHONPATH": path}
        environ.pop("DATABASE_URL", None)
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        with (self.project.folder / "server.log").open("a") as log:
            self.server = subprocess.Popen(
                command, cwd=self.project.folder, env=environ, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < deadline, (self.project.folder / "server.log").read_text()
            time.sleep(0.2)

    def stop(self):
        """Stop the server, if it runs."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(20)
            self.server = None

    def open(self, host, path, viewport=DESKTOP):
        """A page in a browser without cookies, and what it complained about."""
        page = self.browser.new_context(viewport=viewport).new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if is_ours(said) else None)
        page.goto(self.url(host, path))
        return page

    def signed_in(self, name):
        """A page that shows the admin to somebody."""
        page = self.open("localhost", "/admin/login/")
        page.locator("[name=username]").fill(name)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(self.url("localhost", "/admin/"))
        return page

    def url(self, host, path):
        """An address on a host of the project."""
        return f"http://{host}:{self.port}{path}"

    def _answers(self):
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
                connection.request("GET", "/", headers={"Host": "localhost"})
                return connection.getresponse().status == 200
        except OSError:
            return False


@pytest.fixture
def served(start_project):
    """A new project with an editor of its own, not served yet."""
    project = start_project()
    project.migrate()
    project.ask(PROJECTS_OWN)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        served = Served(project, browser)
        yield served
        served.stop()
        browser.close()


def test_clinics_come_beside_a_project_that_looks_as_before(served):
    served.start()
    before = [served.open("localhost", "/", size).evaluate(LOOK) for size in (PHONE, DESKTOP)]
    served.stop()
    served.project.add_clinicsite()
    served.project.ask(driving.CLINIC)
    served.project.ask(driving.OWNER_WORKS)
    served.project.ask(READY.format(port=served.port))
    served.start()
    after = [served.open("localhost", "/", size) for size in (PHONE, DESKTOP)]
    assert [page.evaluate(LOOK) for page in after] == before
    assert [page.complaints for page in after] == [[], []]
    the_projects_editor_works_as_before(served)
    the_owner_changes_the_address(served)
    a_patient_reads_it(served)
    the_administrator_sees_both(served)


def the_projects_editor_works_as_before(served):
    """The editor meets the own front page alone, and publishes it."""
    page = served.signed_in("editor")
    page.goto(served.url("localhost", "/admin/pages/"))
    expect(page.locator("main")).to_contain_text("The agency's own front page")
    expect(page.locator("body")).not_to_contain_text("Clinic")
    expect(page.locator("body")).not_to_contain_text("Library")
    number = served.project.ask(
        "from wagtail.models import Page; print(Page.objects.get(slug='home', depth=2).pk)"
    )
    page.goto(served.url("localhost", f"/admin/pages/{number.strip()}/edit/"))
    page.locator("[name=title]").fill("The agency's newer front page")
    # Wagtail's own buttons: Publish stands behind the arrow.
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    publish(page)
    assert page.complaints == []
    assert "The agency's newer front page" in served.open("localhost", "/").title()


def the_owner_changes_the_address(served):
    """The clinic's owner signs in where the project's people do, and publishes a place."""
    page = served.signed_in("owner@north.example")
    expect(page.locator("body")).not_to_contain_text("front page")
    page.goto(served.url("localhost", "/admin/pages/"))
    expect(page.locator("body")).to_contain_text("North Clinic")
    page.get_by_role("link", name="Locations and hours").first.click()
    page.get_by_role("link", name="Main Street").first.click()
    page.locator("[name=street]").fill("14 Main Street")
    publish(page)
    assert page.complaints == []


def a_patient_reads_it(served):
    """The clinic's own host has the new address, its number and hours, and its own look on a phone."""
    page = served.open("north.localhost", "/locations/main-street/", PHONE)
    expect(page.locator("main")).to_contain_text("14 Main Street")
    assert page.locator('a[href="tel:+14165550123"]').count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("getComputedStyle(document.querySelector('main')).fontFamily") != ""
    assert page.complaints == []
    treatment = served.open("north.localhost", "/treatments/dry-needling/", PHONE)
    expect(treatment.locator("main")).to_contain_text("A thin needle in a tight muscle.")


def the_administrator_sees_both(served):
    """The project's administrator has the clinics beside the project's own pages."""
    page = served.signed_in("boss")
    page.goto(served.url("localhost", "/admin/pages/"))
    for title in ("The agency's newer front page", "Clinics", "Library"):
        expect(page.locator("main")).to_contain_text(title)


def publish(page):
    """Press Publish."""
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_selector(".messages .success")
