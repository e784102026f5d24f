"""Starting Chromium, quiet and offline."""

import os
import shutil

#: Without these an offline Chromium keeps asking for updates; as root it needs no sandbox.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
#: The first is Chromium without windows and menus, and opens a page in a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(playwright):
    """Start the browser that `make test` found, or one that is installed."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    return playwright.chromium.launch(executable_path=path, args=flags)


def sign_in(page, server, username, password, path="/admin/"):
    """Go to a screen of the admin, signed in: by the form, for whoever comes for the first time."""
    if username in server.sessions:
        page.context.add_cookies(server.sessions[username])
        page.goto(server.agency_url(path))
        return
    page.goto(server.agency_url(f"/admin/login/?next={path}"))
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(server.agency_url(path))
    server.sessions[username] = page.context.cookies()
