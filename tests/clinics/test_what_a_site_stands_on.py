"""Nobody at a clinic can take it down, whichever door they try; to the agency words say what to do."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups
from clinicsite.core.models.pages import BasePage
from clinicsite.home.models import BlogIndexPage, ContactMessage, HomePage
from clinicsite.library.models import Release
from clinicsite.locations.models import LocationIndexPage, PractitionerIndexPage
from clinicsite.modalities.models import ConditionIndexPage, EvidenceStatement, ModalityIndexPage
from tests.factories import (
    BlogIndexPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ContactPageFactory,
    LocationIndexPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    StandardPageFactory,
    UserFactory,
)

STRUCTURAL = {
    HomePage,
    BlogIndexPage,
    ModalityIndexPage,
    ConditionIndexPage,
    LocationIndexPage,
    PractitionerIndexPage,
}
INDEXES = [
    BlogIndexPageFactory,
    ModalityIndexPageFactory,
    ConditionIndexPageFactory,
    LocationIndexPageFactory,
    PractitionerIndexPageFactory,
]
ASK = "the site stands on this page, so only your agency {} it. Ask them."
CLOSE = (
    "To take it offline for now, close it to patients under “Launch” of the clinic. To remove it for good is "
    "the agency’s: “Retire” beside it, under Clinics > All clinics."
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["home", *INDEXES], ids=lambda param: getattr(param, "__name__", param))
def page(request, clinic):
    """The home page and each kind of index page, in turn."""
    if request.param == "home":
        return clinic.home
    return request.param(parent=clinic.home)


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def administrator(library, clinic):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(groups=[groups[AGENCY_ADMINISTRATORS]])


@pytest.fixture
def agencys(administrator, admin_client_of):
    return admin_client_of(administrator)


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def said(response):
    """The last message, which nobody has read yet; those of answers before it are kept with it."""
    return [unescape(str(message).strip()) for message in get_messages(response.wsgi_request)][-1:]


def bulk(browser, action, *pages, ask=False, **data):
    query = "&".join(f"id={page.pk}" for page in pages)
    address = f"/admin/bulk/wagtailcore/page/{action}/?{query}&next=/admin/"
    return browser.get(address) if ask else browser.post(address, data)


def test_every_front_and_index_page_is_one_that_a_site_stands_on():
    kinds = [model for model in Page.__subclasses__() + all_below(BasePage) if issubclass(model, BasePage)]
    concrete = {model for model in kinds if not model._meta.abstract}
    assert {model for model in concrete if model.is_structural} == STRUCTURAL
    assert {model for model in concrete if model.is_front_page} == {HomePage}
    # A page is known to be the agency's by the page above it, which must be the front page.
    for model in STRUCTURAL - {HomePage}:
        assert model.allowed_parent_page_models() == [HomePage]


def all_below(model):
    return [below for child in model.__subclasses__() for below in (child, *all_below(child))]


class TestNobodyAtTheClinic:
    def test_deletes_it(self, owners, page):
        response = owners.post(f"/admin/pages/{page.pk}/delete/")
        assert said(response) == [f"“{page.title}” was not deleted: {ASK.format('deletes')}"]
        assert fresh(page).live
        assert Site.objects.filter(hostname="north.localhost").exists()

    def test_unpublishes_it(self, owners, page):
        for browse in (owners.get, owners.post):
            response = browse(f"/admin/pages/{page.pk}/unpublish/")
            assert said(response) == [f"“{page.title}” was not taken down: {ASK.format('takes down')}"]
        assert fresh(page).live

    def test_moves_it(self, owners, page, clinic):
        elsewhere = StandardPageFactory(parent=clinic.home)
        path = page.path
        for address in (f"{page.pk}/move/", f"{page.pk}/move/{elsewhere.pk}/confirm/"):
            response = owners.post(f"/admin/pages/{address}")
            assert said(response) == [f"“{page.title}” was not moved: {ASK.format('moves')}"]
        assert fresh(page).path == path

    @pytest.mark.parametrize(
        ("action", "words"),
        [("delete", "deleted: {}"), ("unpublish", "taken down: {}"), ("move", "moved: {}")],
    )
    def test_does_so_from_a_list(self, owners, page, clinic, action, words):
        verbs = {"delete": "deletes", "unpublish": "takes down", "move": "moves"}[action]
        question = bulk(owners, action, page, ask=True)
        assert f"“{page.title}” was not {words.format(ASK.format(verbs))}" in question.text
        path = page.path
        bulk(owners, action, page, chooser=clinic.home.pk, **{"wagtail_site_name": "Clinicsite"})
        assert (fresh(page).live, fresh(page).path) == (True, path)

    def test_unpublishes_it_with_what_lies_above(self, owners, page, clinic):
        # The one page above an index is the home page, which is refused itself.
        bulk(owners, "unpublish", clinic.home, include_descendants="on")
        assert fresh(page).live

    def test_hides_it_behind_a_password(self, owners, page):
        owners.post(
            f"/admin/pages/{page.pk}/privacy/", {"restriction_type": "password", "password": "open sesame"}
        )
        assert not PageViewRestriction.objects.exists()

    def test_is_offered_to(self, owners, owner, page):
        may = page.permissions_for_user(owner)
        assert not any([may.can_delete(), may.can_unpublish(), may.can_move()])
        assert not may.can_set_view_restrictions()
        editor = owners.get(f"/admin/pages/{page.pk}/edit/").text
        explorer = owners.get(f"/admin/pages/{page.pk}/").text
        for shown in (editor, explorer):
            for action in ("delete", "unpublish", "move"):
                assert f"/admin/pages/{page.pk}/{action}/" not in shown

    def test_loses_the_way_to_edit_and_publish_it(self, owner, editor, page):
        for person in (owner, editor):
            may = page.permissions_for_user(person)
            assert may.can_edit()
            assert may.can_publish()

    def test_sets_a_day_on_which_it_expires(self, clinic, owner):
        blog = BlogIndexPageFactory(parent=clinic.home)
        form = form_for(blog, owner)
        field = form.fields["expire_at"]
        assert field.disabled
        assert field.help_text.startswith(f"Left empty: {ASK.format('takes down')}")
        assert not form_for(StandardPageFactory(parent=clinic.home), owner).fields["expire_at"].disabled

    def test_adds_one_that_expires(self, clinic, owner):
        new = BlogIndexPage(title="News", slug="news")
        form = form_for(new, owner, parent_page=clinic.home)
        assert form.fields["expire_at"].disabled


def form_for(page, person, **kwargs):
    form_class = type(page).get_edit_handler().get_form_class()
    return form_class(instance=page, for_user=person, **kwargs)


def test_a_day_of_expiry_that_an_owner_sends_is_not_stored(clinic, owners):
    blog = BlogIndexPageFactory(parent=clinic.home, title="News")
    tomorrow = timezone.now() + timedelta(days=1)
    sent = {"title": "News", "slug": blog.slug, "expire_at": f"{tomorrow:%Y-%m-%d %H:%M}"}
    sent |= {"action-publish": "1", "comments": inline_formset([])}
    owners.post(f"/admin/pages/{blog.pk}/edit/", nested_form_data(sent))
    blog = fresh(blog)
    assert blog.last_published_at is not None
    assert blog.expire_at is None
    assert blog.get_latest_revision_as_object().expire_at is None


def test_a_draft_with_a_later_day_does_not_take_a_page_down_that_code_has_made(clinic):
    page = StandardPageFactory(parent=clinic.home)
    assert page.live
    assert page.live_revision is None
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert fresh(page).live
    assert fresh(page).scheduled_revision is not None


def test_a_grant_on_the_index_itself_changes_nothing(clinic, owner):
    blog = BlogIndexPageFactory(parent=clinic.home)
    for grant in GroupPagePermission.objects.filter(group=clinic.groups.owner):
        GroupPagePermission.objects.create(group=grant.group, page=blog, permission=grant.permission)
    may = blog.permissions_for_user(type(owner).objects.get(pk=owner.pk))
    assert not may.can_delete()
    assert not may.can_unpublish()


def test_a_clinics_other_pages_are_its_own_to_take_down(clinic, owners):
    about = StandardPageFactory(parent=clinic.home)
    owners.post(f"/admin/pages/{about.pk}/unpublish/")
    assert not fresh(about).live
    owners.post(f"/admin/pages/{about.pk}/delete/")
    assert not Page.objects.filter(pk=about.pk).exists()


class TestTheAgency:
    def test_takes_an_index_page_down_and_deletes_it(self, agencys, clinic):
        blog = BlogIndexPageFactory(parent=clinic.home)
        agencys.post(f"/admin/pages/{blog.pk}/unpublish/")
        assert not fresh(blog).live
        agencys.post(f"/admin/pages/{blog.pk}/delete/")
        assert not Page.objects.filter(pk=blog.pk).exists()

    @pytest.mark.parametrize("is_superuser", [False, True])
    @pytest.mark.parametrize("which", ["home", "network"])
    def test_is_told_that_a_site_would_go_too(
        self, administrator, admin_client_of, clinic, is_superuser, which
    ):
        administrator.is_superuser = is_superuser
        administrator.save()
        browser = admin_client_of(administrator)
        page = clinic.home if which == "home" else clinic.home.get_parent()
        words = f"the site north.localhost and all its settings would go with it. {CLOSE}"
        for response in (
            browser.get(f"/admin/pages/{page.pk}/delete/"),
            browser.post(f"/admin/pages/{page.pk}/delete/", {"wagtail_site_name": "Clinicsite"}),
        ):
            assert said(response) == [f"“{page.title}” was not deleted: {words}"]
        question = bulk(browser, "delete", page, ask=True)
        assert f"“{page.title}” was not deleted: {words}" in unescape(question.text)
        bulk(browser, "delete", page, wagtail_site_name="Clinicsite")
        answer = browser.post(f"/admin/api/main/pages/{page.pk}/action/delete/")
        assert answer.status_code == 403
        assert ClinicSettings.objects.get().site == clinic.site
        assert not page.permissions_for_user(administrator).can_delete()

    def test_is_told_that_messages_would_go_too(self, agencys, owners, clinic):
        contact = ContactPageFactory(parent=clinic.home, title="Contact")
        ContactMessage.objects.create(page=contact, name="Ada Brook", email="ada@mail.example")
        for browser in (agencys, owners):
            response = browser.post(f"/admin/pages/{contact.pk}/delete/")
            assert said(response) == [
                "“Contact” was not deleted: 1 message from patients would go with it. Unpublish it instead, "
                "or delete the messages first, under Messages."
            ]
        assert ContactMessage.objects.count() == 1
        ContactMessage.objects.all().delete()
        owners.post(f"/admin/pages/{contact.pk}/delete/")
        assert not Page.objects.filter(pk=contact.pk).exists()

    @pytest.mark.parametrize("door", ["screen", "list", "api"])
    def test_is_told_that_the_history_of_a_library_page_would_go_too(self, agencys, library, door):
        treatment = ModalityPageFactory(parent=library, title="Cupping")
        Release.objects.create(page=treatment, state=Release.State.LIVE, content={})
        words = (
            "“Cupping” was not deleted: the history of it would go too: 1 release, with who approved what "
            "and when. Retire it instead: no clinic can follow it any more, and those that do keep what "
            "they had."
        )
        if door == "screen":
            assert said(agencys.post(f"/admin/pages/{treatment.pk}/delete/")) == [words]
        elif door == "list":
            assert said(bulk(agencys, "delete", treatment)) == [words]
        else:
            answer = agencys.post(f"/admin/api/main/pages/{treatment.pk}/action/delete/")
            assert answer.status_code == 400
            assert answer.json() == {"__all__": [words]}
        assert Release.objects.count() == 1

    def test_and_the_clinic_are_told_that_evidence_would_go_too(self, owners, clinic):
        condition = ConditionPageFactory(parent__parent=clinic.home, title="Neck pain")
        treatment = ModalityPageFactory(parent__parent=clinic.home, title="Massage")
        EvidenceStatement.objects.create(
            page=treatment, condition=condition, strength="unknown", statement="Nobody has looked yet."
        )
        response = owners.post(f"/admin/pages/{condition.pk}/delete/")
        assert said(response) == [
            "“Neck pain” was not deleted: what the evidence says of it stands on “Massage”. Take it out "
            "there first."
        ]
        assert EvidenceStatement.objects.count() == 1

    def test_is_told_why_a_clinics_site_is_not_deleted(self, administrator, admin_client_of, clinic):
        administrator.is_superuser = True
        administrator.save()
        browser = admin_client_of(administrator)
        for browse in (browser.get, browser.post):
            response = browse(f"/admin/sites/delete/{clinic.site.pk}/")
            assert said(response) == [
                "The site was not deleted: north.localhost is a clinic’s: its settings, its people’s roles "
                f"and the addresses it remembers would go with it. {CLOSE}"
            ]
        assert Site.objects.filter(pk=clinic.site.pk).exists()

    def test_deletes_a_site_of_the_projects(self, administrator, admin_client_of):
        administrator.is_superuser = True
        administrator.save()
        page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
        site = Site.objects.create(hostname="agency.example", root_page=page)
        admin_client_of(administrator).post(f"/admin/sites/delete/{site.pk}/")
        assert not Site.objects.filter(pk=site.pk).exists()


def test_code_that_deletes_a_home_page_is_told_why_not(clinic):
    with pytest.raises(ValidationError, match="all its settings would go with it"):
        clinic.home.delete()
    assert Page.objects.filter(pk=clinic.home.pk).exists()
