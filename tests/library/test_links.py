"""A link in the library leads each clinic's reader to that clinic's own page, or is plain text."""

import pytest
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import rendering_for
from clinicsite.core.rich_text.links import finish
from modalities.models import ModalityPage
from tests.factories import ConditionPageFactory, StandardPageFactory, section
from tests.library.pages import follower_of, fresh, library_treatment


def link_to(page, words="needling"):
    """A page link as rich text stores it."""
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def read(html, site):
    """Stored rich text as this clinic's reader gets it."""
    with rendering_for(site):
        return finish(expand_db_html(html))


@pytest.fixture
def treatment(library):
    """A live library treatment."""
    return library_treatment(library)


def test_a_library_link_leads_to_the_clinics_own_follower(treatment, clinic, other_clinic):
    follower_of(treatment, clinic)
    follower_of(treatment, other_clinic, title="Needles", slug="needles")
    assert read(link_to(treatment), clinic.site) == '<a href="/treatments/dry-needling/">needling</a>'
    assert read(link_to(treatment), other_clinic.site) == '<a href="/treatments/needles/">needling</a>'


def test_a_library_link_is_plain_text_where_the_clinic_has_no_follower(treatment, clinic, other_clinic):
    follower_of(treatment, other_clinic)
    assert read(f"<p>Try {link_to(treatment)} first.</p>", clinic.site) == "<p>Try needling first.</p>"


def test_a_follower_that_is_not_live_is_no_destination(treatment, clinic):
    follower_of(treatment, clinic, live=False)
    assert read(link_to(treatment), clinic.site) == "needling"


def test_a_link_to_another_clinics_page_is_plain_text(treatment, clinic, other_clinic):
    foreign = StandardPageFactory(parent=other_clinic.home)
    follower = follower_of(treatment, other_clinic)
    assert read(link_to(foreign), clinic.site) == "needling"
    assert read(link_to(follower), clinic.site) == "needling"
    assert read(link_to(other_clinic.home), clinic.site) == "needling"


def test_a_link_to_a_page_of_the_clinic_leads_there(clinic):
    about = StandardPageFactory(parent=clinic.home, title="About us")
    draft = StandardPageFactory(parent=clinic.home, title="Plans", live=False)
    assert read(link_to(about), clinic.site) == '<a href="/about-us/">needling</a>'
    assert read(link_to(clinic.home), clinic.site) == '<a href="/">needling</a>'
    assert read(link_to(draft), clinic.site) == "needling"


@pytest.mark.parametrize("ident", ["999999", "", "x", "-1", "²", "9" * 30])
def test_a_link_to_a_page_that_is_not_there_is_plain_text(clinic, ident):
    assert read(f'<a linktype="page" id="{ident}">needling</a>', clinic.site) == "needling"


def test_markup_inside_a_dead_link_stays(clinic, other_clinic):
    html = f"{link_to(other_clinic.home, '<b>one</b>')} and {link_to(clinic.home, 'two')}"
    assert read(html, clinic.site) == '<b>one</b> and <a href="/">two</a>'


def test_outside_any_clinic_a_page_link_is_plain_text(treatment, clinic):
    follower_of(treatment, clinic)
    assert read(link_to(treatment), None) == "needling"
    assert finish(expand_db_html(link_to(treatment))) == "needling"


def test_a_link_appears_moves_and_goes_with_the_clinics_follower(
    treatment, clinic, django_capture_on_commit_callbacks
):
    def link():
        return read(link_to(treatment), Site.objects.get(pk=clinic.site.pk))

    follower = follower_of(treatment, clinic, live=False)
    assert link() == "needling"
    follower.save_revision().publish()
    assert link() == '<a href="/treatments/dry-needling/">needling</a>'
    follower.slug = "needles"
    with django_capture_on_commit_callbacks(execute=True):
        follower.save_revision().publish()
    assert link() == '<a href="/treatments/needles/">needling</a>'
    fresh(follower).unpublish()
    assert link() == "needling"
    fresh(follower).save_revision().publish()
    assert link() == '<a href="/treatments/needles/">needling</a>'
    fresh(follower).delete()
    assert link() == "needling"


def test_a_page_that_stops_following_is_no_longer_a_destination(treatment, clinic):
    follower = follower_of(treatment, clinic)
    assert read(link_to(treatment), Site.objects.get(pk=clinic.site.pk)) != "needling"
    follower.library_page = None
    follower.save_revision().publish()
    assert read(link_to(treatment), Site.objects.get(pk=clinic.site.pk)) == "needling"


@pytest.mark.parametrize("number", [1, 12])
def test_all_links_of_a_page_cost_one_query(library, clinic, django_assert_num_queries, number):
    pages = [library_treatment(library, title=f"Treatment {n}") for n in range(number)]
    conditions = [ConditionPageFactory(parent=library, title=f"Condition {n}") for n in range(number)]
    for page in pages:
        follower_of(page, clinic)
    texts = [link_to(page) for page in [*pages, *conditions]]
    with rendering_for(clinic.site) as rendering:
        profile_for(clinic.site)  # Every page of a clinic reads its profile once, whatever it links to.
        with django_assert_num_queries(1):
            rendering.prepare(texts)
        with django_assert_num_queries(0):
            read_out = [finish(expand_db_html(text)) for text in texts]
    assert sum(text.startswith("<a href=") for text in read_out) == number
    assert read_out[number:] == ["needling"] * number


@pytest.mark.parametrize("number", [1, 30])
def test_composing_costs_the_same_for_any_number_of_sections_and_followers(
    library, clinic, other_clinic, django_assert_num_queries, number
):
    linked = ConditionPageFactory(parent=library)
    parts = [section(f"Part {n}", link_to(linked)) for n in range(number)]
    library_page = library_treatment(library, *parts)
    own, _other = (follower_of(library_page, whose) for whose in (clinic, other_clinic))
    page = ModalityPage.objects.select_related("library_page").get(pk=own.pk)
    with rendering_for(clinic.site), django_assert_num_queries(1):
        assert len(page.composed) == number


def test_of_two_followers_the_shorter_address_is_linked(treatment, clinic):
    follower_of(treatment, clinic, title="Dry needling again", slug="dry-needling-again")
    follower_of(treatment, clinic, slug="dry-needling")
    assert read(link_to(treatment), clinic.site) == '<a href="/treatments/dry-needling/">needling</a>'
