"""The blog and its posts, for machines."""

from clinicsite.clinics.structured_data import organization_id
from clinicsite.core.structured_data import (
    Node,
    Shown,
    breadcrumb,
    changed_on,
    description_of,
    link,
    node,
    page_about,
    page_id,
    picture_url,
    questions,
    register_for,
)
from clinicsite.home.blog.models import BlogIndexPage, BlogPage
from clinicsite.modalities.structured_data import citations_of, person_link, review_of


def register() -> None:
    """Have these page types described here."""
    register_for(BlogIndexPage, describe_blog)
    register_for(BlogPage, describe_post)


def describe_blog(shown: Shown) -> list[Node]:
    """The blog, with the posts this page of it lists."""
    blog = node(
        "Blog",
        f"{shown.url}#blog",
        name=shown.page.title,
        url=shown.url,
        inLanguage=shown.clinic.language,
        publisher=link(organization_id(shown.root_url)),
        blogPost=[_listed_post(shown, post) for post in shown.values["posts"].object_list],
    )
    return [page_about(shown, "CollectionPage", mainEntity=link(blog["@id"])), blog, *breadcrumb(shown)]


def describe_post(shown: Shown) -> list[Node]:
    """A post: its words' authors, its date, what it cites and who reviewed it."""
    post = node(
        "BlogPosting",
        f"{shown.url}#post",
        url=shown.url,
        headline=shown.page.title,
        description=description_of(shown.page),
        image=picture_url(shown),
        datePublished=shown.page.date.isoformat(),
        dateModified=changed_on(shown.page),
        author=[person_link(shown, author) for author in shown.values.get("authors") or ()],
        inLanguage=shown.clinic.language,
        publisher=link(organization_id(shown.root_url)),
        mainEntityOfPage=link(page_id(shown.url)),
        citation=citations_of(shown),
    )
    about = page_about(shown, "WebPage", mainEntity=link(post["@id"]), **review_of(shown))
    return [about, post, *breadcrumb(shown), *questions(shown)]


def _listed_post(shown: Shown, post) -> Node:
    url = shown.url_of(post)
    return node(
        "BlogPosting",
        f"{url}#post" if url else "",
        url=url,
        headline=post.title,
        description=description_of(post),
        datePublished=post.date.isoformat(),
    )
