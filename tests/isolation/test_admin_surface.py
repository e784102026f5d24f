"""Everything in the admin is judged, and what is not judged for clinics is not there for their people."""

import re
from contextlib import contextmanager

import django_filters
import pytest
import wagtail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path, reverse
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem, admin_menu, reports_menu
from wagtail.admin.ui.components import Component
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import Page

from clinicsite import agency_urls
from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups
from clinicsite.clinics.tenancy.listings import ClinicPageFilterSet
from clinicsite.clinics.tenancy.shown import (
    judge_bulk_actions_and_filters,
    leaving_out_what_is_not_judged,
)
from clinicsite.clinics.tenancy.surface import (
    HOOK,
    Kind,
    Who,
    for_agency,
    for_clinics,
    forget_judgements,
    judgements,
)
from clinicsite.core.conf import conf
from clinicsite.users.models import User
from tests.factories import ModalityPageFactory, UserFactory
from tests.isolation.admin_surface import admin_addresses, offered_to, on_the_agencys_host

pytestmark = pytest.mark.indexed

HOW = "See docs/reference/admin-surface.md, “Judging something new”."


@pytest.fixture
def superuser(db):
    return UserFactory(username="root", is_superuser=True)


@pytest.fixture
def administrator(library, clinic):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups[AGENCY_ADMINISTRATORS]])


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def administrators(administrator, admin_client_of):
    return admin_client_of(administrator)


def judged(kind):
    return [judgement for judgement in judgements() if judgement.kind == kind]


def not_judged(kind, superuser):
    return {name for name in offered_to(superuser)[kind] if not any(one.covers(name) for one in judged(kind))}


@contextmanager
def also_judged(judgement):
    """What a project's own app adds to the judgements."""
    try:
        with hooks.register_temporarily(HOOK, lambda: [judgement]):
            forget_judgements()
            yield
    finally:
        forget_judgements()


@pytest.mark.parametrize("kind", Kind)
def test_everything_in_the_admin_is_judged(kind, superuser):
    names = sorted(not_judged(kind, superuser))
    assert not names, (
        f"Nobody has judged whether clinics' people may use this {kind}, so they cannot: {', '.join(names)}. "
        f"Judge it for clinics or for the agency alone. {HOW}"
    )


@pytest.mark.parametrize("kind", Kind)
def test_everything_judged_is_in_the_admin(kind, superuser):
    there = offered_to(superuser)[kind]
    gone = sorted(
        name
        for judgement in judged(kind)
        for name in judgement.names
        if name not in there and not (name.endswith(":*") and any(judgement.covers(one) for one in there))
    )
    assert not gone, f"This {kind} is judged and no longer there: {', '.join(gone)}. {HOW}"


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_judged_for_both(kind):
    for_both = [
        name
        for one in judged(kind)
        if one.is_for_clinics
        for name in one.names
        if any(other.covers(name) for other in judged(kind) if not other.is_for_clinics)
    ]
    assert not for_both


def test_a_whole_family_is_never_for_clinics():
    with pytest.raises(ValueError, match="never a whole family"):
        for_clinics(Kind.ADDRESS, "treatments:*")


def filled_in(route):
    """An address of this pattern; the keys in it are nobody's."""
    for converter, value in {"int": "987654321", "slug": "none", "str": "none"}.items():
        route = re.sub(rf"<{converter}:\w+>", value, route)
    return "/" + route


def agency_addresses():
    """An example of each address judged for the agency alone, but for what no address leads to."""
    for name, route in admin_addresses():
        is_for_agency = any(one.covers(name) for one in judged(Kind.ADDRESS) if not one.is_for_clinics)
        if is_for_agency and "^" not in route and not name.startswith(SHADOWED):
            yield filled_in(route)


#: Addresses of Wagtail's before which ours stand.
SHADOWED = ("wagtailadmin_choose_page", "wagtailadmin_tag_", "wagtailadmin_reports:")


def plain(response):
    """What an answer says, without the token that is new in each."""
    return re.sub(r'(csrfmiddlewaretoken"? value="|csrfToken": ")\w+', "", response.text)


@pytest.mark.parametrize(
    ("person", "method"), [("owner", "get"), ("owner", "post"), ("editor", "get"), ("nobodys", "get")]
)
def test_what_is_the_agencys_alone_is_for_a_clinic_as_if_it_were_not_there(
    request, admin_client_of, person, method
):
    ask = getattr(admin_client_of(request.getfixturevalue(person)), method)
    missing = ask("/admin/there-is-no-such-screen/")
    addresses = list(agency_addresses())
    assert len(addresses) > 80
    for address in addresses:
        answer = ask(address)
        assert (address, answer.status_code) == (address, 404)
        assert plain(answer) == plain(missing), address
        assert answer.headers.keys() == missing.headers.keys()


@pytest.fixture
def nobodys(clinic, owner):
    """Somebody whose clinic is gone, with the role that is left of it."""
    clinic.groups.owner.page_permissions.all().delete()
    return User.objects.get(pk=owner.pk)


def test_superusers_and_administrators_reach_the_agencys_screens(admin_client_of, superuser, administrators):
    for name in ("wagtailusers_users:index", "wagtailsites:index", "wagtailredirects:index"):
        address = reverse(name, urlconf=conf.admin_urlconf)
        assert admin_client_of(superuser).get(address).status_code == 200
        assert administrators.get(address).status_code == 200


def test_the_next_request_obeys_a_role_given_or_taken(owner, owners, administrator):
    assert owners.get("/admin/users/").status_code == 404
    administrators = administrator.groups.get()
    owner.groups.add(administrators)
    # A role given or taken ends the sessions that are listed: whoever it is signs in again.
    owners.force_login(owner)
    assert owners.get("/admin/users/").status_code == 200
    owner.groups.remove(administrators)
    owners.force_login(owner)
    assert owners.get("/admin/users/").status_code == 404


def test_a_stranger_is_sent_to_sign_in_wherever_an_address_leads(client, clinic):
    for address in ("/admin/users/", "/admin/images/", "/admin/there-is-no-such-screen/"):
        response = client.get(address, headers={"host": "localhost"})
        assert response.url == f"/admin/login/?next={address}"


@pytest.mark.parametrize("person", ["owner", "other_owner"])
def test_somebody_signed_in_reads_a_clinics_own_host_as_a_patient_does(request, clinic, person):
    browser = Client(HTTP_HOST=clinic.host)
    browser.force_login(request.getfixturevalue(person))
    assert "North Clinic" in browser.get("/").text


NOT_BY_ADDRESS_ALONE = (
    "clinicsite_reports:site_history",
    "clinicsite_reports:page_types_usage",
    "wagtailadmin_block_preview",
    # There only for whoever has an app or codes.
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
)


def test_an_owner_opens_every_screen_that_is_for_clinics(owners, clinic, owner):
    """Every address without a key in it or behind it, but for two reports; those of pages follow below."""
    for_owners = {name for one in judged(Kind.ADDRESS) if Who.PUBLISHER in one.who for name in one.names}
    for name, route in admin_addresses():
        if name in for_owners and "<" not in route and not name.startswith(NOT_BY_ADDRESS_ALONE):
            assert owners.get("/" + route.replace("^", "")).status_code != 404, name


def test_an_owner_walks_the_screens_of_a_page_and_the_settings(owners, clinic, owner):
    page = ModalityPageFactory(parent__parent=clinic.home, title="Needling", owner=owner)
    page.save_revision(user=owner).publish()
    for screen in ("", "edit/", "history/", "copy/", "move/", "unpublish/", "delete/", "usage/", "privacy/"):
        assert owners.get(f"/admin/pages/{page.pk}/{screen}").status_code == 200, screen
    assert (
        owners.get(f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/").status_code == 200
    )
    assert owners.get(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}").status_code == 200


@pytest.mark.parametrize(
    ("address", "times"),
    [("/admin/tag-autocomplete/?term=n", 1), ("/admin/users/", 1), ("/admin/images/", 1)],
)
def test_judging_asks_once_at_most_who_somebody_is(owners, address, times):
    """A whole screen asks for the same grants by itself, to draw its menu; they are asked for once."""
    with CaptureQueriesContext(connection) as captured:
        owners.get(address)
    queries = [query["sql"] for query in captured]
    assert len([sql for sql in queries if "wagtailcore_grouppagepermission" in sql]) == times, "\n".join(
        queries
    )


# Things planted, as the next Wagtail, a package or a careless hand might.


def planted_view(request):
    return HttpResponse("Planted")


@pytest.fixture
def planted_address(monkeypatch):
    planted = path("admin/planted/", require_admin_access(planted_view), name="planted")
    monkeypatch.setattr(agency_urls, "urlpatterns", [planted, *agency_urls.urlpatterns])
    clear_url_caches()
    yield
    monkeypatch.undo()
    clear_url_caches()


def test_a_new_address_is_found_and_closed_to_clinics(planted_address, superuser, owners, administrators):
    assert not_judged(Kind.ADDRESS, superuser) == {"planted"}
    assert owners.get("/admin/planted/").status_code == 404
    assert plain(owners.get("/admin/planted/")) == plain(owners.get("/admin/there-is-no-such-screen/"))
    assert administrators.get("/admin/planted/").text == "Planted"


def test_a_new_address_that_is_judged_is_open(planted_address, owners):
    with also_judged(for_clinics(Kind.ADDRESS, "planted")):
        assert owners.get("/admin/planted/").text == "Planted"
    assert owners.get("/admin/planted/").status_code == 404


@pytest.mark.parametrize("names", ["wagtailimages:index", "wagtailimages:*"])
def test_what_is_judged_both_ways_is_closed(clinic, owners, names):
    with also_judged(for_agency(Kind.ADDRESS, names)):
        assert owners.get("/admin/images/").status_code == 404
        assert owners.get("/admin/documents/").status_code == 200
    assert owners.get("/admin/images/").status_code == 200


@pytest.fixture
def started_again(monkeypatch):
    """The rule on bulk actions and filters put in its place anew, as when the server starts."""
    monkeypatch.delattr(bulk_action_registry, "get_bulk_actions_for_model")
    monkeypatch.delattr(WagtailFilterSet, "get_form_class")
    judge_bulk_actions_and_filters()


class PlantedBulkAction(UnpublishBulkAction):
    action_type = "planted"
    display_name = "Planted action"


def test_a_new_bulk_action_is_found_and_closed_to_clinics(
    started_again, monkeypatch, superuser, clinic, owners, administrators
):
    page = ModalityPageFactory(parent__parent=clinic.home)
    actions = bulk_action_registry.actions["wagtailcore"]["page"]
    monkeypatch.setitem(actions, "planted", PlantedBulkAction)
    assert not_judged(Kind.BULK_ACTION, superuser) == {"wagtailcore.page.planted"}
    address, explorer = (
        f"/admin/bulk/wagtailcore/page/planted/?id={page.pk}",
        f"/admin/pages/{clinic.home.pk}/",
    )
    assert owners.get(address).status_code == owners.post(address).status_code == 404
    assert page.__class__.objects.get(pk=page.pk).live
    assert administrators.get(address).status_code == 200
    assert "Planted action" not in owners.get(explorer).text
    assert "/admin/bulk/wagtailcore/page/publish/" in owners.get(explorer).text
    assert "Planted action" in administrators.get(explorer).text


def plant(monkeypatch, menu, item):
    with on_the_agencys_host():
        monkeypatch.setattr(menu, "registered_menu_items", [*menu.registered_menu_items, item])


@pytest.mark.parametrize(("menu", "kind"), [(admin_menu, Kind.MENU_ITEM), (reports_menu, Kind.REPORT)])
def test_a_new_menu_item_or_report_is_found_and_not_shown_to_clinics(
    monkeypatch, superuser, owners, administrators, menu, kind
):
    plant(monkeypatch, menu, MenuItem("Planted item", "/admin/planted/", name="planted"))
    assert not_judged(kind, superuser) == {"planted"}
    assert "Planted item" not in owners.get("/admin/").text
    assert "Planted item" in administrators.get("/admin/").text


def test_a_new_item_of_a_menu_that_is_judged_is_not_shown_to_clinics(
    monkeypatch, superuser, owners, administrators
):
    children = [MenuItem(f"Planted {name}", "/admin/planted/", name=name) for name in ("first", "second")]
    plant(monkeypatch, admin_menu, SubmenuMenuItem("Planted menu", Menu(items=children), name="group"))
    assert not_judged(Kind.MENU_ITEM, superuser) == {"group", "first", "second"}
    for names, shown in (("group first", {"first"}), ("group", set()), ("first second", set())):
        with also_judged(for_clinics(Kind.MENU_ITEM, names)):
            screen = owners.get("/admin/").text
            assert {name for name in ("first", "second") if f"Planted {name}" in screen} == shown
            assert ("Planted menu" in screen) == bool(shown)
            assert "Planted second" in administrators.get("/admin/").text


def test_a_new_menu_with_a_hook_of_its_own_is_closed_to_clinics_item_by_item(monkeypatch, owners):
    items = [MenuItem(f"Planted {name}", "/admin/planted/", name=name) for name in ("first", "second")]
    menu = Menu(items=items, construct_hook_name="construct_planted_menu")
    plant(monkeypatch, admin_menu, SubmenuMenuItem("Planted menu", menu, name="group"))
    with also_judged(for_clinics(Kind.MENU_ITEM, "group second")):
        screen = owners.get("/admin/").text
        assert "Planted second" in screen
        assert "Planted first" not in screen


def test_a_new_filter_is_found_and_closed_to_clinics(
    started_again, monkeypatch, superuser, clinic, owners, administrators
):
    ModalityPageFactory(parent=clinic.home, title="Needling at North")
    planted = django_filters.CharFilter(field_name="title", lookup_expr="contains", label="Planted filter")
    monkeypatch.setitem(ClinicPageFilterSet.base_filters, "planted", planted)
    assert not_judged(Kind.FILTER, superuser) == {"ClinicPageFilterSet.planted"}
    explorer = f"/admin/pages/{clinic.home.pk}/"
    for browser, is_closed in ((owners, True), (administrators, False)):
        assert ("Planted filter" not in browser.get(explorer).text) == is_closed
        found = browser.get(f"{explorer}results/", {"planted": "no such title"}).text
        assert ("Needling at North" in found) == is_closed


def test_a_filter_set_that_knows_nobody_has_what_is_for_clinics(started_again, monkeypatch, clinic):
    monkeypatch.setitem(ClinicPageFilterSet.base_filters, "planted", django_filters.CharFilter())
    filter_set = ClinicPageFilterSet(queryset=Page.objects.all())
    assert set(filter_set.form.fields) == {"latest_revision_created_at", "has_child_pages", "content_type"}


class SuperusersItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


def test_what_is_not_judged_is_left_out_of_a_list_and_of_the_menus_in_it(owner, administrator):
    def item(name):
        return MenuItem(name, f"/admin/{name}/", name=name)

    def menu(name, *children):
        return SubmenuMenuItem(name, Menu(items=list(children)), name=name)

    def left_for(user):
        request = RequestFactory().get("/admin/")
        request.user = user
        not_shown = SuperusersItem("images", "/admin/images/", name="images")
        items = [item("images"), item("planted")]
        items += [menu("reports", item("planted"), item("documents"), not_shown)]
        items += [menu("help", item("planted")), menu("planted menu", item("images"))]
        leaving_out_what_is_not_judged(Kind.MENU_ITEM)(request, items)
        return {one.name: [child.name for child in children(one)] for one in items}

    def children(one):
        return one.menu.registered_menu_items if isinstance(one, SubmenuMenuItem) else []

    assert left_for(owner) == {"images": [], "reports": ["documents"]}
    assert left_for(administrator) == {
        "images": [],
        "planted": [],
        "reports": ["planted", "documents"],
        "help": ["planted"],
        "planted menu": ["images"],
    }


class PlantedPanel(Component):
    name = "planted"
    order = 1

    def render_html(self, parent_context=None):
        return "Planted panel"


def test_a_new_panel_is_found_and_not_shown_to_clinics(superuser, owners, administrators):
    def add(request, panels):
        panels.append(PlantedPanel())

    with hooks.register_temporarily("construct_homepage_panels", add):
        assert not_judged(Kind.PANEL, superuser) == {"planted"}
        assert "Planted panel" not in owners.get("/admin/").text
        assert "Planted panel" in administrators.get("/admin/").text


def test_a_new_site_setting_is_found_and_closed_to_clinics(monkeypatch, superuser, owners):
    monkeypatch.setattr(settings_registry, "_model_names", set(), raising=False)
    settings_registry.append(User)
    try:
        assert not_judged(Kind.SETTING, superuser) == {"clinicsite_users.user"}
        assert owners.get("/admin/settings/core/user/").status_code == 404
    finally:
        settings_registry.remove(User)


def test_a_judgement_on_what_has_gone_is_found(superuser):
    gone = pytest.raises(AssertionError, match="no longer there: planted")
    with also_judged(for_agency(Kind.REPORT, "planted")), gone:
        test_everything_judged_is_in_the_admin(Kind.REPORT, superuser)


@pytest.mark.skipif(wagtail.VERSION < (8, 1), reason="The tree has an API of its own from Wagtail 8.1.")
def test_the_tree_in_the_menu_has_no_page_of_another_clinic(clinic, other_clinic, owners):
    own = owners.get(f"/admin/api/explorer/{clinic.home.pk}/")
    assert own.json()["page"]["title"] == clinic.home.title
    assert owners.get(f"/admin/api/explorer/{other_clinic.home.pk}/").status_code == 404
    above = owners.get(f"/admin/api/explorer/{clinic.home.get_parent().pk}/")
    assert other_clinic.home.title not in above.text
