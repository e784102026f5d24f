"""A patient searches a clinic's site."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import html5lib
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from clinicsite.home.search.views import SHOWN_A_PAGE, SHOWN_OF_EACH
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ContactPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
    section,
)
from tests.library.pages import AFTERCARE, OVERVIEW, RISKS, follower_of, library_treatment, take_over

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def conditions(clinic):
    return ConditionIndexPageFactory(parent=clinic.home)


@pytest.fixture
def elbow(conditions):
    words = section("What is it?", "Pain when you grip a cup.", kind="overview")
    return ConditionPageFactory(
        parent=conditions,
        title="Tennis elbow",
        alternate_names="lateral epicondylitis",
        summary="It settles with time.",
        sections=[words],
    )


@pytest.fixture
def look_for(visit):
    """Search the clinic's site: `look_for("sore neck", page="2")`."""

    def search(words, **query):
        response = visit(f"/search/?{urlencode({'q': words, **query})}")
        assert response.status_code == 200
        return response.text

    return search


def paths_in(html):
    return re.findall(r'search-result__title"><a href="([^"]+)"', html)


def groups_in(html):
    return re.findall(r'id="search-([a-z]+)">', html)


def heading_of(html):
    return re.search(r"<h1[^>]*>(.*?)</h1>", html).group(1)


def words_of(html):
    text = re.sub(r"<[^>]+>", "", html)
    return " ".join(text.split())


def test_a_page_is_found_by_its_title_its_other_names_and_its_text(elbow, look_for):
    for words in ("tennis elbow", "epicondylitis", "cup", "gripping a cup", "time"):
        assert paths_in(look_for(words)) == ["/conditions/tennis-elbow/"], words


def test_the_heading_and_the_title_say_how_much_was_found(elbow, look_for):
    found = look_for("elbow")
    assert heading_of(found) == "1 result for “elbow”"
    assert "<title>1 result for “elbow” | North Clinic</title>" in found
    assert heading_of(look_for("submarine")) == "No results for “submarine”"


def test_what_is_found_stands_in_groups_the_best_first(clinic, elbow, look_for):
    treatments = ModalityIndexPageFactory(parent=clinic.home)
    ModalityPageFactory(parent=treatments, title="Massage", summary="For an elbow or a neck.")
    PractitionerPageFactory(parent__parent=clinic.home, title="Robin Elbow")
    LocationPageFactory(parent__parent=clinic.home, title="By the bend", parking="At the elbow of the road.")
    BlogPageFactory(parent=BlogIndexPageFactory(parent=clinic.home), title="Elbow room")
    StandardPageFactory(parent=clinic.home, title="Elbows and us")
    found = look_for("elbow")
    # "Elbows and us" is called what was looked for, but for small words.
    assert groups_in(found) == ["other", "conditions", "people", "posts", "treatments", "places"]
    assert heading_of(found) == "6 results for “elbow”"


def test_a_title_comes_before_a_text(conditions, elbow, look_for):
    ConditionPageFactory(parent=conditions, title="Arms", summary="Tennis elbow. " * 9)
    assert paths_in(look_for("tennis elbow")) == ["/conditions/tennis-elbow/", "/conditions/arms/"]


def test_a_slip_of_the_finger_is_mended_and_told(elbow, look_for):
    found = look_for("tenis elbwo")
    assert paths_in(found) == ["/conditions/tennis-elbow/"]
    assert "Showing results for tennis elbow. No page here has “tenis elbwo”." in words_of(found)
    assert 'value="tenis elbwo"' in found


def test_a_word_of_the_texts_stands_in_for_another_only_where_it_is_very_near(clinic, elbow, look_for):
    StandardPageFactory(parent=clinic.home, title="About us", summary="The same people, near the subway.")
    for words in ("safe", "sunday", "tubway"):
        found = look_for(words)
        assert paths_in(found) == [], words
        assert "Showing results" not in found, words
    assert paths_in(look_for("subwya")) == ["/about-us/"]


def test_a_name_with_an_apostrophe_is_found_in_a_text(clinic, look_for):
    StandardPageFactory(parent=clinic.home, title="Us", summary="Dr. O'Brien founded us. À l’épaule.")
    for words in ("O'Brien", "o’brien", "brien", "l'epaule", "épaule"):
        assert paths_in(look_for(words)) == ["/us/"], words


def test_what_is_spelled_right_is_not_mended(elbow, look_for):
    assert "Showing results for" not in look_for("tennis elbow")


def test_the_beginning_of_a_word_finds_the_word(elbow, look_for):
    found = look_for("epicond")
    assert paths_in(found) == ["/conditions/tennis-elbow/"]
    assert "Showing results for" not in found


def test_words_run_together_and_words_torn_apart_are_found(clinic, elbow, look_for):
    treatments = ModalityIndexPageFactory(parent=clinic.home)
    ModalityPageFactory(parent=treatments, title="Shockwave")
    assert paths_in(look_for("tenniselbow")) == ["/conditions/tennis-elbow/"]
    assert paths_in(look_for("shock wave")) == ["/treatments/shockwave/"]


def test_pages_with_some_of_the_words_are_better_than_none(elbow, look_for):
    found = look_for("elbow submarine")
    assert paths_in(found) == ["/conditions/tennis-elbow/"]
    assert "No page here has all of your words. This one has some of them." in words_of(found)


def test_an_extract_marks_the_words_and_shows_no_markup_of_an_editor(conditions, look_for):
    ConditionPageFactory(
        parent=conditions, title="<b>Bold</b> wrist", summary="A <script>wrist</script> & more."
    )
    found = look_for("wrist")
    assert "&lt;b&gt;Bold&lt;/b&gt; <mark>wrist</mark>" in found
    assert "A &lt;script&gt;<mark>wrist</mark>&lt;/script&gt; &amp; more." in found
    assert "<script>wrist" not in found


def test_the_words_typed_are_shown_and_never_markup(visit, elbow):
    html = visit("/search/", {"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_follower_is_found_by_what_its_patients_read_and_shows_that(clinic, library, look_for):
    page = follower_of(
        library_treatment(library, OVERVIEW, AFTERCARE, RISKS, alternate_names="muscle needling"), clinic
    )
    take_over(page, AFTERCARE, "How we look after you", "Drink camomile at {clinic}.")
    page.save()
    found = look_for("camomile")
    assert "Drink <mark>camomile</mark> at North Clinic." in found
    assert "How we <mark>look</mark> after you. Drink camomile at" in look_for("look")
    assert paths_in(look_for("thin needle")) == ["/treatments/dry-needling/"]
    assert paths_in(look_for("gently")) == []
    assert "Also called <mark>muscle</mark> needling" in look_for("muscle")


def test_a_field_left_to_the_library_is_not_indexed_as_none(clinic, library, look_for):
    follower_of(library_treatment(library), clinic)
    assert paths_in(look_for("None")) == []


def test_citations_are_no_part_of_an_extract(clinic, library, look_for):
    cited = section(
        "Evidence", 'It helps<a linktype="clinicsite-citation" id="7">Gattie et al. 2017</a>. A little.'
    )
    follower_of(library_treatment(library, cited), clinic)
    assert paths_in(look_for("Gattie")) == []
    assert "It <mark>helps</mark>. A little." in look_for("helps")


def test_a_place_shows_its_phone_and_whether_it_is_open(clinic, look_for):
    LocationPageFactory(
        parent__parent=clinic.home, title="Mill Street", city="Maplewood", parking="Free, behind the bakery."
    )
    found = look_for("maplewood")
    assert 'class="search-result__phone" href="tel:+14165550123"' in found
    assert "data-state" in found or "open-state" in found
    assert "Free, behind the" in words_of(look_for("bakery"))


def test_people_are_found_by_their_profession_and_their_languages(clinic, look_for):
    PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale", languages="en, pa")
    assert paths_in(look_for("physiotherapist")) == ["/team/robin-vale/"]
    assert paths_in(look_for("Punjabi")) == ["/team/robin-vale/"]


def test_another_clinics_pages_and_words_are_never_shown(clinic, other_clinic, elbow, look_for):
    ConditionPageFactory(parent__parent=other_clinic.home, title="Foreign elbow", summary="Xylophone")
    assert paths_in(look_for("elbow")) == ["/conditions/tennis-elbow/"]
    for words in ("foreign", "xylophone", "xylophnoe", "south clinic"):
        found = look_for(words)
        assert paths_in(found) == [], words
        assert "Showing results for" not in found, words


def test_a_draft_a_hidden_page_and_one_behind_a_password_are_not_found(conditions, elbow, look_for):
    ConditionPageFactory(parent=conditions, title="Secret draft", live=False)
    ConditionPageFactory(parent=conditions, title="Secret link", is_hidden_from_search_engines=True)
    closed = ConditionPageFactory(parent=conditions, title="Secret curtain")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="open sesame")
    # A word that stands on no public page must not be offered to whoever mistypes it either.
    for words in ("secret", "secrt", "curtain", "curtian"):
        found = look_for(words)
        assert paths_in(found) == [], words
        assert "Showing results" not in found, words


def test_a_page_taken_down_is_gone_from_the_search_at_once(elbow, look_for):
    assert paths_in(look_for("elbow"))
    elbow.unpublish()
    assert paths_in(look_for("elbow")) == []


def test_a_long_group_is_shown_in_part_with_a_way_to_all_of_it(clinic, visit, look_for):
    blog = BlogIndexPageFactory(parent=clinic.home)
    for number in range(SHOWN_A_PAGE + 2):
        BlogPageFactory(parent=blog, title=f"Neck {number}")
    found = look_for("neck")
    assert len(paths_in(found)) == SHOWN_OF_EACH
    assert 'href="?q=neck&amp;in=posts"' in found
    first, second = look_for("neck", **{"in": "posts"}), look_for("neck", page="2", **{"in": "posts"})
    assert heading_of(first) == f"{SHOWN_A_PAGE + 2} posts for “neck”"
    assert "page 2 | North Clinic</title>" in second
    assert 'href="?q=neck&amp;in=posts&amp;page=2"' in first
    assert not set(paths_in(first)) & set(paths_in(second))
    assert len({*paths_in(first), *paths_in(second)}) == SHOWN_A_PAGE + 2
    assert len(paths_in(look_for("neck", page="nonsense", **{"in": "posts"}))) == SHOWN_A_PAGE
    assert len(paths_in(look_for("neck", **{"in": "nonsense"}))) == SHOWN_OF_EACH


def test_an_empty_result_says_what_to_try_and_whom_to_call(clinic, conditions, elbow, look_for):
    ModalityPageFactory(parent=ModalityIndexPageFactory(parent=clinic.home))
    LocationPageFactory(parent__parent=clinic.home, title="Mill Street")
    elbow.body_regions = "elbow"
    elbow.save()
    found = look_for("submarine")
    main = found[found.index("<main") : found.index("</main>")]
    assert "What you can try" in main
    for address in ("/conditions/", "/conditions/#where", "/treatments/", "tel:+14165550123"):
        assert f'href="{address}"' in main


def test_what_an_empty_result_says_to_try_finds_something(clinic, other_clinic, elbow, look_for):
    ConditionPageFactory(parent=elbow.get_parent(), title="Aches & pains")
    ConditionPageFactory(parent=elbow.get_parent(), title="Gout", live=False)
    ConditionPageFactory(parent__parent=other_clinic.home, title="Gout")
    tries = re.findall(r"<li>Look for one word or two, such as (.*?)\.</li>", look_for("submarine"))[0]
    assert words_of(tries) == "Tennis elbow or Aches &amp; pains"
    for path in re.findall('href="([^"]+)"', tries):
        assert paths_in(look_for(parse_qs(urlsplit(path).query)["q"][0])), path


def test_a_site_without_conditions_and_treatments_has_nothing_to_try(clinic, look_for):
    assert "<li>Look for one word or two.</li>" in look_for("submarine")


def test_no_map_is_offered_where_no_condition_is_on_it(conditions, elbow, look_for):
    elbow.body_regions = ""
    elbow.save()
    assert "#where" not in look_for("submarine")


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%00", "?q=%F0%9F%A6%B5", "?q=!!", "?other=1"])
def test_without_a_word_the_page_asks_for_one(visit, clinic, query):
    response = visit(f"/search/{query}")
    assert response.status_code == 200
    assert heading_of(response.text) == "Search"


@pytest.mark.parametrize(
    "words",
    [
        "'",
        '"neck',
        'a"b"*(c',
        "neck' OR 1=1 --",
        "neck OR",
        "AND NOT NEAR(",
        "neck:*",
        "%s %(x)s {} {0}",
        "\\",
        "a\x00b\x01c",
        "neck \U0001f9b5",
        "x" * 100_000,
        "é",
        "\u202eneck",
        "\ud800",
        "e",
        "&|!<->",
        "the",
        "١٢٣",
        "頸痛",
        " ".join("word" for _ in range(500)),
        " ".join(f"w{number}" for number in range(500)),
    ],
)
def test_nothing_that_can_be_typed_is_an_error(clinic, elbow, words):
    browser = Client(HTTP_HOST=clinic.host)
    sent = urlencode({"q": words}, errors="surrogatepass")
    response = browser.get(f"/search/?{sent}")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.text)


def test_a_search_needs_no_cookie_and_no_script_and_is_not_for_robots(clinic, elbow, visit):
    response = visit("/search/?q=elbow")
    assert not response.cookies
    assert '<meta name="robots" content="noindex, follow">' in response.text
    form = re.search(r'<form class="search-form"[^>]*>', response.text).group()
    assert 'method="get"' in form
    assert 'role="search"' in form
    assert '<label class="search-form__label" for="search-words">' in response.text
    assert Client(HTTP_HOST=clinic.host).post("/search/", {"q": "elbow"}).status_code == 405


def test_the_agencys_host_has_no_search(clinic, elbow):
    assert Client(HTTP_HOST="localhost").get("/search/?q=elbow").status_code == 404


def test_every_page_leads_to_the_search_and_a_lost_visitor_finds_its_form(clinic, visit):
    ContactPageFactory(parent=clinic.home)
    assert 'class="search-link" href="/search/"' in visit("/contact/").text
    assert '<form class="search-form" action="/search/"' in visit("/nowhere/").text


def queries_of(clinic, words):
    view = Client(HTTP_HOST=clinic.host).get
    address = f"/search/?{urlencode({'q': words})}"
    view(address)
    with CaptureQueriesContext(connection) as captured:
        assert view(address).status_code == 200
    return len(captured)


def test_a_search_costs_the_same_whatever_it_finds(clinic, library, conditions, elbow):
    def fill(number):
        ConditionPageFactory(parent=conditions, title=f"Elbow {number}")
        part = section("What is it?", key=f"part-{number}")
        page = follower_of(library_treatment(library, part, title=f"Elbow treatment {number}"), clinic)
        take_over(page, part, "Ours", "Elbow.")
        PractitionerPageFactory(parent=team, title=f"Elbow person {number}", summary="Elbow" * number)
        BlogPageFactory(parent=blog, title=f"Elbow post {number}")
        StandardPageFactory(parent=clinic.home, title=f"Elbow page {number}")

    blog = BlogIndexPageFactory(parent=clinic.home)
    team = PractitionerPageFactory(parent__parent=clinic.home, title="Elbow").get_parent()
    fill(1)
    cache.clear()
    little = queries_of(clinic, "elbow")
    for number in range(2, 12):
        fill(number)
    assert queries_of(clinic, "elbow") == little <= 8


def test_a_search_that_finds_nothing_is_cheap_too(clinic, elbow):
    assert queries_of(clinic, "submarine") <= 9
