from datetime import date

import pytest

from clinicsite.core.rendering import rendering_for
from clinicsite.home.blog.models import POSTS_PER_PAGE, READING_SPEED
from clinicsite.home.models import BlogPage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ImageFactory,
    LibraryFolderPageFactory,
    PractitionerPageFactory,
    section,
)
from tests.standing import standing


@standing
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home)


@standing
def robin(clinic):
    return PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale")


def write(blog, title, day=date(2026, 5, 12), *, tags=(), authors=(), **fields):
    post = BlogPageFactory(parent=blog, title=title, date=day, authors=list(authors), **fields)
    post.tags.add(*tags)
    post.save()
    return post


@standing
def posts(blog, robin):
    write(blog, "Sore necks", date(2025, 3, 1), tags=["Neck", "Desk work"], authors=[robin])
    write(blog, "Stiff backs", date(2026, 2, 1), tags=["Back"], authors=[robin])
    write(blog, "Winter roads", date(2026, 1, 5), tags=["Neck"])


def found(visit, query):
    response = visit(f"/blog/?{query}")
    assert response.status_code == 200
    return [post.title for post in response.context["posts"]]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Stiff backs", "Winter roads", "Sore necks"]),
        ("tag=neck", ["Winter roads", "Sore necks"]),
        ("tag=desk-work", ["Sore necks"]),
        ("author=robin-vale", ["Stiff backs", "Sore necks"]),
        ("year=2026", ["Stiff backs", "Winter roads"]),
        ("tag=neck&author=robin-vale", ["Sore necks"]),
        ("tag=neck&author=robin-vale&year=2026", []),
        ("tag=", ["Stiff backs", "Winter roads", "Sore necks"]),
    ],
)
def test_posts_are_narrowed_by_tag_author_and_year(posts, visit, query, titles):
    assert found(visit, query) == titles


@pytest.mark.parametrize(
    "query",
    [
        "year=0",
        "year=-1",
        "year=9999",
        "year=abc",
        "year=2026.5",
        "year=²",
        f"year={'9' * 5000}",
        "year=1e3",
        "year=%00",
    ],
)
def test_a_year_that_is_none_finds_nothing_quietly(posts, visit, query):
    assert found(visit, query) == (
        [] if query != "year=%00" else ["Stiff backs", "Winter roads", "Sore necks"]
    )


@pytest.mark.parametrize(
    "query", ["tag=nobody-knows", "author=nobody", "tag=a%00b", "tag=%F0%9F%A6%B4", "tag=' OR 1=1"]
)
def test_a_choice_nobody_knows_finds_nothing_quietly_and_says_so(posts, visit, query):
    response = visit(f"/blog/?{query}")
    assert response.status_code == 200
    assert list(response.context["posts"]) == []
    assert "No post matches this choice" in response.content.decode()


def test_what_was_typed_into_the_address_is_never_printed_as_markup(posts, visit):
    assert "<script>alert" not in visit("/blog/?tag=<script>alert(1)</script>").content.decode()


def test_the_choices_are_those_of_this_blogs_live_posts(blog, posts, visit):
    write(blog, "Not yet", date(2031, 1, 1), tags=["Secret"], live=False)
    chosen = visit("/blog/").context["filter"]
    assert [tag.name for tag in chosen.tags] == ["Back", "Desk work", "Neck"]
    assert [author.title for author in chosen.authors] == ["Robin Vale"]
    assert chosen.years == [2026, 2025]


def test_posts_come_in_pages_that_keep_the_choice(blog, visit):
    for number in range(POSTS_PER_PAGE + 1):
        write(blog, f"Post number {number}", date(2026, 1, 1 + number), tags=["Neck"])
    first = visit("/blog/?tag=neck")
    assert len(first.context["posts"]) == POSTS_PER_PAGE
    assert "?tag=neck&amp;page=2" in first.content.decode()
    assert found(visit, "tag=neck&page=2") == ["Post number 0"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("99", "Post number 0"),
        ("0", "Post number 0"),
        ("-1", "Post number 0"),
        ("abc", "Post number 9"),
        ("", "Post number 9"),
    ],
)
def test_a_page_that_is_not_there_shows_one_that_is(blog, visit, page, title):
    for number in range(POSTS_PER_PAGE + 1):
        write(blog, f"Post number {number}", date(2026, 1, 1 + number))
    assert found(visit, f"page={page}")[0] == title


def test_posts_of_one_day_stand_in_a_fixed_order(blog, visit):
    for number in range(3):
        write(blog, f"Post number {number}")
    assert found(visit, "") == ["Post number 2", "Post number 1", "Post number 0"]


def test_another_clinics_posts_tags_and_authors_never_show(blog, other_clinic, posts, visit):
    someone = PractitionerPageFactory(
        parent__parent=other_clinic.home, title="South Person", slug="robin-vale"
    )
    write(
        BlogIndexPageFactory(parent=other_clinic.home),
        "South post",
        tags=["Neck", "South tag"],
        authors=[someone],
    )
    for query in ("", "tag=neck", "author=robin-vale", "year=2026", "tag=south-tag"):
        shown = visit(f"/blog/?{query}").content.decode()
        assert "South post" not in shown
        assert "South Person" not in shown
        assert "South tag" not in shown


def test_a_post_page_shows_its_authors_tags_and_reading_time(blog, robin, visit):
    words = " ".join(["word"] * READING_SPEED * 3)
    write(blog, "Sore necks", tags=["Neck"], authors=[robin], sections=[section("", words)])
    shown = visit("/blog/sore-necks/").content.decode()
    assert 'href="/team/robin-vale/"' in shown
    assert "?tag=neck" in shown
    assert "3 min" in shown


@pytest.mark.parametrize(
    ("words", "minutes"), [(1, 1), (READING_SPEED, 1), (READING_SPEED * 2, 2), (READING_SPEED * 10, 10)]
)
def test_reading_time_is_the_words_by_the_speed_adults_read_at(blog, words, minutes):
    post = write(blog, "Sore necks", sections=[section("", " ".join(["word"] * words))])
    assert post.reading_minutes == minutes


def test_reading_time_of_a_follower_counts_the_librarys_words(blog, library):
    folder = LibraryFolderPageFactory(parent=library, title="Posts")
    shared = BlogPageFactory(parent=folder, sections=[section("", " ".join(["word"] * READING_SPEED * 4))])
    assert write(blog, "Sore necks", library_page=shared, sections=[]).reading_minutes == 4


def test_related_posts_share_a_tag_first_and_are_the_newest_after(blog):
    post = write(blog, "This one", tags=["Neck"])
    write(blog, "Old on neck", date(2020, 1, 1), tags=["Neck", "Back"])
    for number in range(3):
        write(blog, f"Newer {number}", date(2026, 6, 1 + number))
    write(blog, "Unpublished", date(2026, 7, 1), tags=["Neck"], live=False)
    assert [related.title for related in post.get_related()] == ["Old on neck", "Newer 2", "Newer 1"]


def test_a_post_with_several_shared_tags_is_related_once(blog):
    post = write(blog, "This one", tags=["Neck", "Back"])
    write(blog, "Other", tags=["Neck", "Back"])
    assert [related.title for related in post.get_related()] == ["Other"]


def test_related_posts_are_the_same_clinics(blog, other_clinic, visit):
    write(blog, "This one", tags=["Neck"])
    write(BlogIndexPageFactory(parent=other_clinic.home), "South post", tags=["Neck"])
    response = visit("/blog/this-one/")
    assert list(response.context["related"]) == []
    assert "South" not in response.content.decode()


def test_a_post_copied_from_another_clinic_shows_none_of_its_authors(blog, other_clinic, visit):
    foreign = PractitionerPageFactory(parent__parent=other_clinic.home, title="South Person")
    write(blog, "This one", authors=[foreign])
    assert "South" not in visit("/blog/this-one/").content.decode()
    assert "South" not in visit("/blog/feed/").content.decode()


def test_tags_are_kept_with_a_draft_and_published_with_it(blog):
    post = write(blog, "This one", tags=["Neck"])
    post.tags.add("Back")
    revision = post.save_revision()
    assert [tag.name for tag in BlogPage.objects.get(pk=post.pk).tags.all()] == ["Neck"]
    revision.publish()
    assert sorted(tag.name for tag in BlogPage.objects.get(pk=post.pk).tags.all()) == ["Back", "Neck"]


@pytest.fixture
def shelf(library):
    return LibraryFolderPageFactory(parent=library, title="Posts")


@pytest.fixture
def sam(shelf):
    return PractitionerPageFactory(parent=shelf, title="Sam Shelf", post_nominals="PT")


@pytest.fixture
def shared(shelf, sam):
    """A library post with an author, a summary and a picture."""
    return write(shelf, "Shared post", authors=[sam], summary="For {clinic}.", hero_image=ImageFactory())


def follow(blog, shared, **fields):
    values = {"title": "Our post", "library_page": shared, "summary": None, "sections": []}
    return write(blog, **(values | fields))


def test_a_post_that_follows_the_library_names_the_librarys_author_without_a_link(blog, shared, visit):
    follow(blog, shared)
    shown = visit("/blog/our-post/").content.decode()
    assert "By Sam Shelf, PT</span>" in shown
    assert "sam-shelf" not in shown


def test_the_clinics_own_authors_stand_instead_of_the_librarys(blog, shared, robin, visit):
    follow(blog, shared, authors=[robin])
    shown = visit("/blog/our-post/").content.decode()
    assert '<a href="/team/robin-vale/">Robin Vale</a>' in shown
    assert "Sam Shelf" not in shown


def test_a_post_of_the_clinics_own_without_authors_names_nobody(blog, visit):
    write(blog, "Ours")
    assert "By " not in visit("/blog/ours/").content.decode()


def test_authors_stand_in_a_list_of_words(blog, shared, shelf, sam, visit):
    others = [PractitionerPageFactory(parent=shelf, title=name) for name in ("Ada Low", "Ben High")]
    shared.authors = [sam, *others]
    shared.save()
    follow(blog, shared)
    assert "By Sam Shelf, PT, Ada Low and Ben High</span>" in visit("/blog/our-post/").content.decode()


def test_a_library_posts_author_of_another_clinic_or_unpublished_is_named_nowhere(
    blog, shared, shelf, other_clinic, visit
):
    foreign = PractitionerPageFactory(parent__parent=other_clinic.home, title="South Person")
    gone = PractitionerPageFactory(parent=shelf, title="Gone Away", live=False)
    shared.authors = [foreign, gone]
    shared.save()
    follow(blog, shared)
    for path in ("/blog/our-post/", "/blog/feed/"):
        shown = visit(path).content.decode()
        assert "South Person" not in shown
        assert "Gone Away" not in shown


def test_a_preview_shows_the_librarys_authors_and_the_drafts_own(clinic, blog, shared, robin):
    post = follow(blog, shared)
    with rendering_for(clinic.site):
        assert [author.title for author in post.get_authors()] == ["Sam Shelf"]
        post.authors = [robin]
        assert [author.title for author in post.get_authors()] == ["Robin Vale"]


def test_a_card_shows_what_the_post_has_of_the_library(blog, shared, visit):
    follow(blog, shared, day=date(2026, 6, 1))
    response = visit("/blog/")
    shown = response.content.decode()
    assert "For North Clinic." in shown
    assert "<picture" in shown
    assert "June 1, 2026" in shown


def test_a_followers_date_and_tags_are_its_own(blog, shared, visit):
    shared.tags.add("Library topic")
    shared.save()
    follow(blog, shared, day=date(2026, 6, 1), tags=["Neck"])
    write(blog, "Other on neck", tags=["Neck"])
    response = visit("/blog/our-post/")
    shown = response.content.decode()
    assert "June 1, 2026" in shown
    assert "Library topic" not in shown
    assert [post.title for post in response.context["related"]] == ["Other on neck"]
    assert found(visit, "tag=neck") == ["Our post", "Other on neck"]
    assert found(visit, "tag=library-topic") == []


def test_lists_of_followers_cost_the_same_for_one_and_for_many(
    blog, shared, visit, django_assert_max_num_queries
):
    for number in range(8):
        follow(blog, shared, title=f"Our post {number}")
    for path in ("/blog/", "/blog/our-post-1/", "/blog/feed/"):
        visit(path)
        with django_assert_max_num_queries(15):
            visit(path)
