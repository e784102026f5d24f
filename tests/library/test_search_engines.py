"""One text on many domains: the library says of each page whether search engines may show its followers."""

from wagtail.test.utils.form_data import nested_form_data

from clinicsite.library.shared_pages.page import OnClinicsSites
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    UserFactory,
)
from tests.library.pages import fresh
from tests.library.panel_form import NO_ROWS, edit_address, form_data, stream
from tests.library.releasing import draft, release

META = '<meta name="robots" content="noindex, follow">'
PATH = "/treatments/dry-needling/"
NOINDEX = OnClinicsSites.NOINDEX


def keep_out(*pages):
    for page in pages:
        type(page).objects.filter(pk=page.pk).update(search_on_clinics=NOINDEX)


def test_unless_the_library_says_otherwise_each_clinics_page_is_its_own_original(clinic, follower, visit):
    html = visit(PATH).text
    assert 'name="robots"' not in html
    assert f'<link rel="canonical" href="{clinic.site.root_url}{PATH}">' in html
    assert PATH in visit("/sitemap.xml").text


def test_a_text_kept_out_of_search_engines_says_so_on_the_page_and_is_in_no_list(
    clinic, treatment, follower, visit
):
    keep_out(treatment)
    html = visit(PATH).text
    assert META in html
    assert f'<link rel="canonical" href="{clinic.site.root_url}{PATH}">' in html
    assert "application/ld+json" in html
    assert PATH not in visit("/sitemap.xml").text
    assert PATH not in visit("/llms.txt").text


def test_conditions_and_posts_are_kept_out_alike(clinic, library, visit):
    condition, post = ConditionPageFactory(parent=library), BlogPageFactory(parent=library)
    pages = [
        ConditionPageFactory(
            parent=ConditionIndexPageFactory(parent=clinic.home), library_page=condition, sections=[]
        ),
        BlogPageFactory(parent=BlogIndexPageFactory(parent=clinic.home), library_page=post, sections=[]),
    ]
    keep_out(condition, post)
    sitemap = visit("/sitemap.xml").text
    for page in pages:
        assert META in visit(page.get_url_parts()[2]).text
        assert page.full_url not in sitemap


def test_a_page_that_stands_on_its_own_is_always_its_own_original(follower, visit):
    keep_out(follower, follower.library_page)
    type(follower).objects.filter(pk=follower.pk).update(library_page=None)
    assert META not in visit(PATH).text
    assert PATH in visit("/sitemap.xml").text


def test_a_clinics_own_wish_to_hide_a_page_counts_for_more(treatment, follower, visit):
    keep_out(treatment)
    follower.is_hidden_from_search_engines = True
    follower.save()
    assert '<meta name="robots" content="noindex">' in visit(PATH).text


def test_the_choice_is_released_like_the_text(treatment, follower, visit):
    newer = draft(treatment, search_on_clinics=NOINDEX)
    assert META not in visit(PATH).text
    assert PATH in visit("/sitemap.xml").text
    release(newer, UserFactory(is_superuser=True))
    assert META in visit(PATH).text
    assert PATH not in visit("/sitemap.xml").text


def library_form(page, **changes):
    fields = {
        "title": page.title,
        "slug": page.slug,
        "sections": stream(page.sections.raw_data),
        **NO_ROWS,
    }
    return nested_form_data(fields | changes)


def test_the_choice_is_offered_in_the_library_and_nowhere_else(
    treatment, follower, owner, library_editor, admin_client_of
):
    of_library = admin_client_of(library_editor).get(edit_address(treatment)).text
    assert 'name="search_on_clinics"' in of_library
    assert "Keep the clinics’ pages out of search engines" in of_library
    of_clinic = admin_client_of(owner).get(edit_address(follower)).text
    assert "search_on_clinics" not in of_clinic
    assert "On clinics’ sites" not in of_clinic


def test_a_library_editor_chooses_and_a_form_without_the_choice_leaves_it(
    treatment, library_editor, admin_client_of
):
    browser = admin_client_of(library_editor)
    assert (
        browser.post(
            edit_address(treatment), library_form(treatment, search_on_clinics="noindex")
        ).status_code
        == 302
    )
    assert fresh(treatment).get_latest_revision_as_object().search_on_clinics == NOINDEX
    assert browser.post(edit_address(treatment), library_form(treatment, title="Needles")).status_code == 302
    newest = fresh(treatment).get_latest_revision_as_object()
    assert (newest.title, newest.search_on_clinics) == ("Needles", NOINDEX)


def test_a_clinics_editor_cannot_send_the_choice(follower, owner, admin_client_of):
    data = form_data(follower, search_on_clinics="noindex")
    assert admin_client_of(owner).post(edit_address(follower), data).status_code == 302
    assert fresh(follower).get_latest_revision_as_object().search_on_clinics == OnClinicsSites.SELF


def test_without_words_of_its_own_for_search_engines_a_page_has_the_librarys(treatment, follower, visit):
    """They are read through, not copied: what the library writes later is there at the next view."""
    type(treatment).objects.filter(pk=treatment.pk).update(search_description="As the library says it.")
    assert '<meta name="description" content="As the library says it.">' in visit(PATH).text
    type(follower).objects.filter(pk=follower.pk).update(search_description="In our own words.")
    assert '<meta name="description" content="In our own words.">' in visit(PATH).text
