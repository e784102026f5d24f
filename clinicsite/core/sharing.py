"""The picture that stands for a page wherever its link is shown: shared links, search engines, sitemap."""

from dataclasses import dataclass
from urllib.parse import urljoin

from clinicsite.core.pictures.facts import alternative_text
from clinicsite.core.pictures.making import shown
from clinicsite.core.pictures.shapes import SHARED


@dataclass(frozen=True)
class SharedPicture:
    """A picture at its full address, with its size in pixels and its description."""

    url: str
    width: int
    height: int
    alt: str


def shared_picture(page, root_url: str) -> SharedPicture | None:
    """The picture of a page, or None where it has none or none can be made of it.

    `root_url` is the clinic's. The rendition is one of those that the page's template has prepared.
    """
    picture = getattr(page, "sharing_image", None)
    if picture is None:
        return None
    rendition = shown(picture, [SHARED], at_once=SHARED).get(SHARED.spec)
    return rendition and SharedPicture(
        url=full_url(rendition.url, root_url),
        width=rendition.width,
        height=rendition.height,
        alt=alternative_text(picture),
    )


def full_url(url: str, root_url: str) -> str:
    """The full address of a file: on the clinic's own host unless files have a host of their own."""
    return urljoin(f"{root_url}/", url)
