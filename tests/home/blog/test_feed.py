from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.utils.dateparse import parse_datetime

from clinicsite.home.blog.feeds import FEED_LENGTH
from clinicsite.home.models import BlogPage
from tests.factories import BlogIndexPageFactory, BlogPageFactory, PractitionerPageFactory

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home, introduction="News from the treatment rooms.")


@pytest.fixture
def read_feed(visit):
    def read():
        response = visit("/blog/feed/")
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/atom+xml")
        return ElementTree.fromstring(response.content)

    return read


def text_of(element, name):
    return element.findtext(f"{ATOM}{name}")


def test_the_feed_has_all_that_atom_requires(blog, read_feed):
    """RFC 4287, 4.1.1 and 4.1.2: an id, a title, a moment of change, and an author for each entry."""
    BlogPageFactory(parent=blog, title="Sore necks")
    feed = read_feed()
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1
    for element in (feed, *entries):
        assert all(text_of(element, name) for name in ("id", "title", "updated"))
        assert parse_datetime(text_of(element, "updated")).tzinfo is not None
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "North Clinic"
    assert entries[0].find(f"{ATOM}author") is None


def test_an_empty_feed_is_valid_too(blog, read_feed):
    feed = read_feed()
    assert feed.findall(f"{ATOM}entry") == []
    assert text_of(feed, "updated")
    assert feed.find(f"{ATOM}author") is not None


def test_every_link_is_a_full_address_on_the_clinics_own_host(clinic, blog, read_feed):
    BlogPageFactory(parent=blog, title="Sore necks")
    feed = read_feed()
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert f"{clinic.site.root_url}/blog/sore-necks/" in links
    assert f"{clinic.site.root_url}/blog/feed/" in links
    assert all(link.startswith(f"{clinic.site.root_url}/") for link in links)


def test_an_entry_says_what_the_post_says(clinic, blog, read_feed):
    robin = PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale")
    post = BlogPageFactory(parent=blog, title="Necks & backs", date=date(2026, 5, 12), authors=[robin])
    post.tags.add("Neck")
    post.save()
    (entry,) = read_feed().findall(f"{ATOM}entry")
    assert text_of(entry, "title") == "Necks & backs"
    assert text_of(entry, "summary") == "What this post says."
    assert text_of(entry, "published").startswith("2026-05-12")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Robin Vale"
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["Neck"]


def test_an_entry_was_updated_when_it_was_last_published(blog, read_feed):
    post = BlogPageFactory(parent=blog, date=date(2026, 5, 12))
    republished = datetime(2026, 6, 1, 10, 30, tzinfo=UTC)
    BlogPage.objects.filter(pk=post.pk).update(last_published_at=republished)
    (entry,) = read_feed().findall(f"{ATOM}entry")
    assert parse_datetime(text_of(entry, "updated")) == republished
    assert text_of(entry, "published").startswith("2026-05-12T12:00")


def test_an_entry_that_was_never_published_by_hand_was_updated_on_its_date(blog, read_feed):
    post = BlogPageFactory(parent=blog, date=date(2026, 5, 12))
    BlogPage.objects.filter(pk=post.pk).update(last_published_at=None)
    (entry,) = read_feed().findall(f"{ATOM}entry")
    assert text_of(entry, "updated").startswith("2026-05-12T12:00")


def test_an_author_whose_page_is_not_published_is_not_named(clinic, blog, read_feed):
    gone = PractitionerPageFactory(parent__parent=clinic.home, title="Gone Away", live=False)
    BlogPageFactory(parent=blog, authors=[gone])
    (entry,) = read_feed().findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}author") is None


def test_the_newest_posts_come_first_and_the_feed_has_an_end(blog, read_feed):
    for number in range(FEED_LENGTH + 2):
        BlogPageFactory(parent=blog, title=f"Post {number}", date=date(2026, 1, 1 + number))
    entries = read_feed().findall(f"{ATOM}entry")
    assert len(entries) == FEED_LENGTH
    assert text_of(entries[0], "title") == f"Post {FEED_LENGTH + 1}"


def test_drafts_and_another_clinics_posts_are_not_in_the_feed(blog, other_clinic, read_feed):
    BlogPageFactory(parent=blog, title="Draft post", live=False)
    BlogPageFactory(parent=BlogIndexPageFactory(parent=other_clinic.home), title="South post")
    assert read_feed().findall(f"{ATOM}entry") == []


def test_the_feed_costs_the_same_for_one_post_and_for_many(blog, visit, django_assert_max_num_queries):
    for number in range(12):
        BlogPageFactory(parent=blog, title=f"Post {number}")
    visit("/blog/feed/")
    with django_assert_max_num_queries(15):
        visit("/blog/feed/")


def test_the_blog_tells_readers_where_its_feed_is(blog, visit):
    BlogPageFactory(parent=blog)
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Blog" href="/blog/feed/">'
        in visit("/blog/").content.decode()
    )


def test_an_entry_that_follows_the_library_says_what_the_library_says(library, clinic, blog, read_feed):
    sam = PractitionerPageFactory(parent=library, title="Sam Shelf")
    shared = BlogPageFactory(parent=library, summary="For {clinic}.", authors=[sam])
    BlogPageFactory(parent=blog, title="Ours", library_page=shared, summary=None, sections=[])
    robin = PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale")
    BlogPageFactory(parent=blog, library_page=shared, sections=[], date=date(2026, 1, 1), authors=[robin])
    first, second = read_feed().findall(f"{ATOM}entry")
    assert text_of(first, "summary") == "For North Clinic."
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Sam Shelf"
    assert second.findtext(f"{ATOM}author/{ATOM}name") == "Robin Vale"


def test_the_feed_is_called_by_the_clinics_name(blog, read_feed):
    assert text_of(read_feed(), "title") == f"North Clinic: {blog.title}"


def test_a_post_that_reads_the_library_changes_with_it(clinic, library, read_feed, visit):
    """Feed, sitemap and data for machines all name the later of the two moments."""
    shared = BlogPageFactory(parent=library, title="Knees")
    follower = BlogPageFactory(
        parent=BlogIndexPageFactory(parent=clinic.home), library_page=shared, slug="knees", sections=[]
    )
    own, librarys = datetime(2026, 6, 1, 10, 30, tzinfo=UTC), datetime(2026, 6, 2, 5, 28, tzinfo=UTC)
    BlogPage.objects.filter(pk=follower.pk).update(last_published_at=own)
    BlogPage.objects.filter(pk=shared.pk).update(last_published_at=librarys)
    feed = read_feed()
    (entry,) = feed.findall(f"{ATOM}entry")
    assert parse_datetime(text_of(entry, "updated")) == parse_datetime(text_of(feed, "updated")) == librarys
    assert visit("/blog/feed/")["Last-Modified"] == "Tue, 02 Jun 2026 05:28:00 GMT"
    assert '"dateModified":"2026-06-02T05:28:00+00:00"' in visit("/blog/knees/").text
    assert "<lastmod>2026-06-02T01:28:00-04:00</lastmod>" in visit("/sitemap.xml").text
