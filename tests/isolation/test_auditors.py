"""An auditor reads, and whatever they send changes nothing, whichever address it is sent to."""

import pytest

from clinicsite.clinics.tenancy.surface import Kind, Who, judgements, readers_may_send
from tests.factories import ModalityPageFactory, UserFactory
from tests.isolation.admin_surface import admin_addresses


@pytest.fixture
def browser(clinic, admin_client_of):
    return admin_client_of(UserFactory(username="auditor", groups=[clinic.groups.auditor]))


def read_by_auditors():
    return {
        name
        for one in judgements()
        if one.kind is Kind.ADDRESS and one.is_open_to(Who.READER)
        for name in one.names
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_sent_to_what_an_auditor_reads(browser, method):
    names, tried = read_by_auditors(), 0
    for name, route in admin_addresses():
        if name in names and not readers_may_send(name) and "<" not in route and "(" not in route:
            assert getattr(browser, method)("/" + route.replace("^", "")).status_code == 404, name
            tried += 1
    assert tried > 20


@pytest.mark.parametrize(
    "screen", ["edit", "delete", "unpublish", "copy", "move", "privacy", "lock", "unlock", "add_subpage"]
)
def test_no_screen_that_changes_a_page_is_there(browser, clinic, screen):
    page = ModalityPageFactory(parent__parent=clinic.home, title="Needling")
    for send in (browser.get, browser.post):
        assert send(f"/admin/pages/{page.pk}/{screen}/").status_code == 404
    page.refresh_from_db()
    assert (page.title, page.live, page.locked) == ("Needling", True, False)


def test_the_own_account_is_theirs_to_change(browser):
    assert browser.get("/admin/account/").status_code == 200
    assert browser.post("/admin/account/", {}).status_code != 404
