"""A link in the library leads each clinic's reader to that clinic's own page, or is plain text."""

import pytest
from wagtail.models import Site

from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import rendering_for
from clinicsite.core.rich_text.printing import printed
from clinicsite.library.links import broken_library_links, missing_link_targets
from clinicsite.modalities.models import ModalityPage
from tests.factories import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    LibraryFolderPageFactory,
    StandardPageFactory,
    section,
)
from tests.library.pages import OVERVIEW, edit_library, follower_of, fresh, library_treatment, take_over


def link_to(page, words="needling"):
    """A page link as rich text stores it."""
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def read(html, site):
    """Stored rich text as this clinic's reader gets it."""
    with rendering_for(site):
        return printed(html)


def test_a_library_link_leads_to_the_clinics_own_follower(treatment, clinic, other_clinic):
    follower_of(treatment, clinic)
    follower_of(treatment, other_clinic, title="Needles", slug="needles")
    assert read(link_to(treatment), clinic.site) == '<a href="/treatments/dry-needling/">needling</a>'
    assert read(link_to(treatment), other_clinic.site) == '<a href="/treatments/needles/">needling</a>'


@pytest.mark.parametrize(
    ("slugs", "destination"),
    [
        (("acupuncture-needles", "needles"), "/treatments/needles/"),
        (("needles", "thin-needles"), "/treatments/needles/"),
        (("b-needles", "a-needles"), "/treatments/a-needles/"),
    ],
)
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_library_link_leads_to_the_shorter_address_of_two_followers(
    treatment, clinic, slugs, destination, is_turned
):
    for slug in reversed(slugs) if is_turned else slugs:
        follower_of(treatment, clinic, title=slug, slug=slug)
    assert read(link_to(treatment), clinic.site) == f'<a href="{destination}">needling</a>'


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
    assert printed(link_to(treatment)) == "needling"


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
            read_out = [printed(text) for text in texts]
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
    with rendering_for(clinic.site):
        profile_for(clinic.site)  # Every page of a clinic reads its profile once.
        with django_assert_num_queries(1):
            assert len(page.composed) == number


def test_of_two_followers_the_shorter_address_is_linked(treatment, clinic):
    follower_of(treatment, clinic, title="Dry needling again", slug="dry-needling-again")
    follower_of(treatment, clinic, slug="dry-needling")
    assert read(link_to(treatment), clinic.site) == '<a href="/treatments/dry-needling/">needling</a>'


def linking_to(*pages, heading="See also"):
    """A stored section with a link to each page."""
    return section(heading, " ".join(link_to(page) for page in pages))


def test_links_to_library_pages_a_clinic_does_not_have_are_reported(library, treatment, clinic, other_clinic):
    condition = ConditionPageFactory(parent=library, title="Low back pain", sections=[])
    edit_library(treatment, OVERVIEW, linking_to(condition))
    mine, theirs = follower_of(treatment, clinic), follower_of(treatment, other_clinic)
    assert missing_link_targets(clinic.site) == {condition.pk: [mine.pk]}
    parent = ConditionIndexPageFactory(parent=clinic.home)
    ConditionPageFactory(parent=parent, library_page=condition, sections=[])
    assert missing_link_targets(clinic.site) == {}
    assert missing_link_targets(other_clinic.site) == {condition.pk: [theirs.pk]}


def test_a_page_that_links_twice_is_reported_once_and_each_page_that_links(library, treatment, clinic):
    condition = ConditionPageFactory(parent=library, sections=[])
    pages = []
    for title in ("One", "Two"):
        shared = library_treatment(library, linking_to(condition, condition, heading=title), title=title)
        pages.append(follower_of(shared, clinic).pk)
    assert missing_link_targets(clinic.site) == {condition.pk: pages}


def test_only_what_patients_read_is_reported(library, treatment, clinic):
    condition = ConditionPageFactory(parent=library, sections=[])
    hidden = linking_to(condition)
    edit_library(treatment, OVERVIEW, hidden)
    follower = follower_of(fresh(treatment), clinic)
    take_over(follower, hidden, action="hide")
    assert missing_link_targets(clinic.site) == {}
    follower_of(library_treatment(library, hidden, title="Draft"), clinic, live=False)
    assert missing_link_targets(clinic.site) == {}


def test_a_link_in_the_clinics_own_words_is_reported_too(library, treatment, clinic):
    condition = ConditionPageFactory(parent=library, sections=[])
    follower = follower_of(treatment, clinic)
    take_over(follower, OVERVIEW, "Ours", link_to(condition))
    assert missing_link_targets(clinic.site) == {condition.pk: [follower.pk]}


def test_a_draft_follower_is_no_destination_and_an_unpublished_library_page_nothing_to_add(
    library, treatment, clinic
):
    shared = library_treatment(library, title="Shockwave")
    retired = library_treatment(library, title="Cupping", live=False)
    edit_library(treatment, linking_to(shared, retired))
    follower = follower_of(treatment, clinic)
    follower_of(shared, clinic, live=False)
    assert missing_link_targets(clinic.site) == {shared.pk: [follower.pk]}


def test_links_to_the_clinics_own_pages_and_to_nothing_are_not_reported(library, treatment, clinic):
    edit_library(treatment, OVERVIEW, section("Odd", '<a linktype="page" id="999999">gone</a>'))
    follower = follower_of(treatment, clinic)
    take_over(follower, OVERVIEW, "Ours", link_to(clinic.home))
    assert missing_link_targets(clinic.site) == {}


def test_reporting_costs_the_same_for_few_pages_and_many(library, clinic, django_assert_max_num_queries):
    condition = ConditionPageFactory(parent=library, sections=[])
    for number in range(6):
        own = section(f"Section {number}")
        shared = library_treatment(
            library, own, linking_to(condition, heading=f"See also {number}"), title=f"Treatment {number}"
        )
        take_over(follower_of(shared, clinic), own, "Ours", "Our words.")
    missing_link_targets(clinic.site)
    with django_assert_max_num_queries(8):
        assert len(missing_link_targets(clinic.site)[condition.pk]) == 6


def test_a_librarys_link_is_whole_while_its_page_is_published(library, treatment):
    other = library_treatment(library, title="Shockwave")
    edit_library(treatment, linking_to(other))
    assert broken_library_links(fresh(treatment)) == []


def test_a_librarys_broken_links_are_said_in_sentences(library, treatment, clinic):
    draft = library_treatment(library, title="Cupping", live=False)
    folder = LibraryFolderPageFactory(parent=library, title="Folder")
    gone = '<a linktype="page" id="999999">gone</a>'
    treatment.sections = [
        section("Before", link_to(draft)),
        section("During", gone),
        section("", f"{link_to(clinic.home)} {link_to(clinic.home)}"),
        section("After", link_to(folder)),
    ]
    no_clinic = "links to a page that no clinic can follow."
    sentences = broken_library_links(treatment)
    assert [sentence.partition(". ")[0] + "." for sentence in sentences] == [
        "“Before” links to “Cupping”, which is not published.",
        "“During” links to a page that has been deleted.",
        f"A section without a heading {no_clinic}",
        f"“After” {no_clinic}",
    ]
    assert clinic.home.title not in " ".join(sentences)


def test_the_draft_is_asked_and_not_what_is_live(library, treatment):
    treatment.sections = [section("Before", '<a linktype="page" id="999999">gone</a>')]
    treatment.save_revision()
    assert broken_library_links(fresh(treatment)) == []
    assert len(broken_library_links(fresh(treatment).get_latest_revision_as_object())) == 1
