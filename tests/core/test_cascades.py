"""Everything that goes when a page is deleted, by name: what nobody has judged fails here."""

from functools import cache

import pytest
from django.contrib.contenttypes.fields import GenericRelation
from django.db import transaction
from django.db.models import CASCADE, PROTECT, RESTRICT, ManyToOneRel
from django.db.models.deletion import ProtectedError, RestrictedError
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.home.models import ContactMessage
from clinicsite.library.models import Release
from clinicsite.modalities.models import EvidenceStatement
from tests.factories import ConditionPageFactory, ContactPageFactory, ModalityPageFactory

pytestmark = pytest.mark.django_db

ITSELF = "a part of the page"
TICK = "a tick at the page, on it or on another; the other page stays, and is listed before"
POINTER = "says no more than that this page is meant"
SITES = "a site's, and a clinic's site never goes with a page"

#: Why it is right that it goes -> the keys by which Django finds it.
JUDGED = {
    ITSELF: """
        courses.{CourseIndexPage,CoursePage}.page_ptr
        clinicsite_clinics.NetworkPage.page_ptr
        clinicsite_home.{BlogIndexPage,BlogPage,ContactPage,HomePage,StandardPage}.page_ptr
        clinicsite_library.LibraryFolderPage.page_ptr
        clinicsite_locations.{LocationIndexPage,LocationPage,PractitionerIndexPage,PractitionerPage}.page_ptr
        clinicsite_modalities.{ConditionIndexPage,ConditionPage,ModalityIndexPage,ModalityPage}.page_ptr
        clinicsite_modalities.WarningSignsPage.page_ptr
        clinicsite_home.BlogPageTag.content_object
        clinicsite_home.{FeaturedCondition,FeaturedTreatment,SuggestedResult}.home
        clinicsite_home.RelatedPost.page
        clinicsite_library.{LibrarySection,SectionOverride}.page
        clinicsite_locations.{LocationPhone,OpeningHours,SpecialHours}.location
        clinicsite_modalities.EvidenceStatement.page
        wagtailcore.{Comment,GroupPagePermission,PageSubscription,PageViewRestriction,WorkflowPage}.page
        wagtailcore.Comment.revision_created
        wagtailcore.CommentReply.comment
        wagtailcore.PageViewRestriction_groups.pageviewrestriction
        wagtailcore.{Revision,WorkflowState}.*
        wagtailcore.TaskState.{revision,workflow_state}
        wagtailsearch.IndexEntry.*
        """,
    TICK: """
        clinicsite_home.BlogPage_authors.{blogpage,practitionerpage}
        clinicsite_home.BlogPage_conditions.{blogpage,conditionpage}
        clinicsite_home.BlogPage_modalities.{blogpage,modalitypage}
        clinicsite_locations.LocationPage_modalities.{locationpage,modalitypage}
        clinicsite_locations.PractitionerPage_locations.{locationpage,practitionerpage}
        clinicsite_locations.PractitionerPage_modalities.{modalitypage,practitionerpage}
        clinicsite_modalities.ModalityPage_conditions.{conditionpage,modalitypage}
        """,
    POINTER: """
        clinicsite_home.{FeaturedCondition,FeaturedTreatment,SuggestedResult}.page
        clinicsite_home.RelatedPost.post
        clinicsite_library.DeclinedPage.library_page
        clinicsite_library.StarterPackRow.page
        clinicsite_provisioning.WaitingPage.page
        wagtailredirects.Redirect.redirect_page
        """,
    "of a version that was never released: a release keeps its page": "clinicsite_library.Approval.page",
    "nobody looks after a network that is not there": "clinicsite_clinics.NetworkRole.network",
    "Wagtail's own: refused for a clinic's site, below": "wagtailcore.Site.root_page",
    SITES: """
        clinicsite_clinics.{ClinicHost,ClinicRole,HostCheck,LaunchResult,MailTest,StateChange}.site
        clinicsite_clinics.{ClinicGroup_sites,Notice_sites}.site
        clinicsite_core.GoneAddress.site
        clinicsite_home.MissedSearch.site
        clinicsite_modalities.OwnReference.site
        clinicsite_provisioning.{BulkClinic,Invitation}.site
        clinicsite_library.{ChosenPack,DeclinedPage}.site
        clinicsite_library.Release_pilots.site
        wagtailcore.GroupSitePermission.site
        wagtailredirects.Redirect.site
        """,
}
#: What keeps a page from being deleted; each has words, in a test of its own.
KEEPING = """
    clinicsite_clinics.ClinicSettings.site
    clinicsite_home.ContactMessage.page
    clinicsite_library.Release.page
    clinicsite_home.BlogPage.library_page
    clinicsite_modalities.{ConditionPage,ModalityPage,WarningSignsPage}.library_page
    courses.CoursePage.library_page
    clinicsite_modalities.EvidenceStatement.condition
    """
#: Written by each kind of database in its own way, beside `IndexEntry`.
OF_THE_SEARCH = "wagtailsearch."


@cache
def followed():
    """{name of a key: what becomes of its row} for all that Django follows from a page, and on from there."""
    found, waiting, seen = {}, [Page], set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, other, on_delete in steps_from(model):
            found[name] = on_delete
            if on_delete is CASCADE:
                waiting.append(other)
    return found


def steps_from(model):
    for relation in model._meta.get_fields(include_hidden=True):
        other = relation.related_model
        if isinstance(relation, GenericRelation):
            yield f"{other._meta.label}.*", other, CASCADE
        elif isinstance(relation, ManyToOneRel):
            yield f"{other._meta.label}.{relation.field.name}", other, relation.on_delete


def spelt_out(names):
    """{"a.B.x", "a.C.x"} of "a.{B,C}.x"; each name has one choice at most."""
    found = set()
    for name in names.split():
        before, _, rest = name.partition("{")
        choices, _, after = rest.partition("}")
        found |= {f"{before}{choice}{after}" for choice in choices.split(",")}
    return found


def test_everything_that_goes_with_a_page_is_judged():
    going = {name for name, on_delete in followed().items() if on_delete is CASCADE}
    judged = {name for names in JUDGED.values() for name in spelt_out(names)}
    assert {name for name in going ^ judged if not name.startswith(OF_THE_SEARCH)} == set()


def test_all_that_keeps_a_page_is_known():
    keeping = {name for name, on_delete in followed().items() if on_delete in (PROTECT, RESTRICT)}
    assert keeping == spelt_out(KEEPING)


@pytest.fixture
def contact(clinic):
    return ContactPageFactory(parent=clinic.home)


def send_message(page):
    return ContactMessage.objects.create(page=page, name="Ada Brook", email="ada@mail.example")


def delete_by_query(page):
    # Past every door: a query deletes without asking anybody.
    with transaction.atomic():
        Page.objects.filter(path__startswith=page.path).delete()


def test_no_query_takes_a_site_along(clinic):
    clinic.settings.delete()
    for page in (clinic.home, clinic.home.get_parent()):
        with pytest.raises(ProtectedError, match="is a clinic's site"):
            delete_by_query(page)
    assert Site.objects.filter(pk=clinic.site.pk).exists()
    assert Page.objects.filter(pk=clinic.home.pk).exists()


def test_no_query_takes_settings_along(clinic):
    for thing in (clinic.site, clinic.home):
        with pytest.raises(ProtectedError), transaction.atomic():
            type(thing).objects.filter(pk=thing.pk).delete()
    assert ClinicSettings.objects.get(site=clinic.site).name == "North Clinic"


def test_no_query_takes_messages_along(contact):
    message = send_message(contact)
    with pytest.raises(ProtectedError):
        delete_by_query(contact)
    assert ContactMessage.objects.get() == message


def test_no_query_takes_the_history_of_a_library_page_along(library):
    treatment = ModalityPageFactory(parent=library)
    Release.objects.create(page=treatment, state=Release.State.LIVE, content={})
    with pytest.raises(ProtectedError):
        delete_by_query(treatment)
    assert Release.objects.get().page_id == treatment.pk


def test_no_query_takes_what_the_evidence_says_along(clinic):
    condition = ConditionPageFactory(parent__parent=clinic.home)
    treatment = ModalityPageFactory(parent__parent=clinic.home)
    statement = EvidenceStatement.objects.create(
        page=treatment, condition=condition, strength="unknown", statement="Nobody has looked yet."
    )
    with pytest.raises(RestrictedError):
        delete_by_query(condition)
    assert EvidenceStatement.objects.get() == statement


def test_a_site_of_the_project_goes_with_its_page():
    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname="agency.example", root_page=page)
    page.delete()
    assert not Site.objects.filter(hostname="agency.example").exists()
