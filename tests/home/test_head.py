"""What the head of a page says of it, where its link is shared and where it is found."""

from datetime import date
from io import BytesIO

import html5lib
import pytest
from PIL import Image
from wagtail.models import PageViewRestriction

from clinicsite.home.blog.models import POSTS_PER_PAGE
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ImageFactory,
    LocationPageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
)


@pytest.fixture
def head(visit):
    """{name: value} of what the head of a page says: `head("/about/")`."""

    def read(path):
        tree = html5lib.parse(visit(path).text, namespaceHTMLElements=False).find("head")
        metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in tree.iter("meta")}
        links = {link.get("rel"): link.get("href") for link in tree.iter("link")}
        return metas | links | {"title": tree.findtext("title")}

    return read


@pytest.fixture
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home)


def test_a_shared_link_says_where_it_leads_and_in_what_language(clinic, head):
    clinic.settings.language = "fr-CA"
    clinic.settings.save()
    found = head("/")
    assert found["og:url"] == found["canonical"] == f"{clinic.site.root_url}/"
    assert found["og:site_name"] == "North Clinic"
    assert found["og:locale"] == "fr_CA"
    assert found["og:type"] == "website"


def test_a_shared_link_comes_with_a_card_of_its_true_size_and_a_description(clinic, head, visit):
    image = ImageFactory(file__width=2000, file__height=1500)
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    found = head("/about/")
    shown = Image.open(BytesIO(visit(found["og:image"].removeprefix(clinic.site.root_url)).content))
    assert (int(found["og:image:width"]), int(found["og:image:height"])) == shown.size
    assert found["og:image:type"] == Image.MIME[shown.format]
    assert found["og:image:alt"] == "About. North Clinic"
    assert found["twitter:card"] == "summary_large_image"


def test_a_page_without_a_picture_has_a_card_too_and_each_page_its_own(clinic, head):
    StandardPageFactory(parent=clinic.home, title="About")
    front, about = head("/"), head("/about/")
    assert front["twitter:card"] == about["twitter:card"] == "summary_large_image"
    assert front["og:image"] != about["og:image"]
    assert front["og:title"] == clinic.home.hero_heading


def test_a_post_is_an_article_with_its_date(blog, head):
    BlogPageFactory(parent=blog, title="Necks", date=date(2026, 5, 12))
    found = head("/blog/necks/")
    assert (found["og:type"], found["article:published_time"]) == ("article", "2026-05-12")
    assert "article:published_time" not in head("/blog/")


def test_a_person_is_shared_as_a_profile_and_described_by_their_profession(clinic, head):
    PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale")
    found = head("/team/robin-vale/")
    assert found["og:type"] == "profile"
    assert found["description"] == found["og:description"] == "Registered physiotherapist"


def test_a_location_is_described_by_its_address_unless_somebody_wrote_better_words(clinic, head):
    place = LocationPageFactory(parent__parent=clinic.home, title="Main", slug="main")
    found = head("/locations/main/")
    assert found["description"] == found["og:description"]
    assert found["description"].startswith("12 Main Street, Maplewood. Phone")
    place.search_description = "By the market."
    place.save()
    assert head("/locations/main/")["description"] == "By the market."


def test_each_page_of_a_long_blog_is_found_at_its_own_address(clinic, blog, head):
    for number in range(POSTS_PER_PAGE + 1):
        BlogPageFactory(parent=blog, title=f"Post {number}")
    second = head("/blog/?page=2")
    assert second["canonical"] == f"{clinic.site.root_url}/blog/?page=2"
    assert second["title"] == "Blog, page 2 | North Clinic"
    assert (
        head("/blog/?page=1")["canonical"] == head("/blog/")["canonical"] == f"{clinic.site.root_url}/blog/"
    )


def test_a_choice_of_posts_is_found_at_the_blogs_address(clinic, blog, head):
    for number in range(POSTS_PER_PAGE + 1):
        BlogPageFactory(parent=blog, title=f"Post {number}")
    assert head("/blog/?year=2026&page=2")["canonical"] == f"{clinic.site.root_url}/blog/"


def test_every_page_leads_to_the_feed(clinic, blog, head):
    BlogPageFactory(parent=blog, title="Necks")
    StandardPageFactory(parent=clinic.home, title="About")
    assert {head(path).get("alternate") for path in ("/", "/blog/", "/blog/necks/", "/about/")} == {
        "/blog/feed/"
    }


def test_the_link_to_the_feed_comes_and_goes_with_the_blog(clinic, head):
    assert "alternate" not in head("/")
    blog = BlogIndexPageFactory(parent=clinic.home, title="News", slug="news")
    assert "alternate" not in head("/")
    BlogPageFactory(parent=blog)
    assert head("/")["alternate"] == "/news/feed/"
    restriction = PageViewRestriction.objects.create(
        page=blog, restriction_type="password", password="open sesame"
    )
    assert "alternate" not in head("/")
    restriction.delete()
    blog.unpublish()
    assert "alternate" not in head("/")


def test_another_clinics_feed_is_not_named(clinic, other_clinic, head):
    BlogIndexPageFactory(parent=other_clinic.home)
    assert "alternate" not in head("/")
