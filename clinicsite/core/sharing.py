"""The picture that stands for a page wherever its link is shown: shared links, search engines, sitemap."""

from dataclasses import dataclass
from urllib.parse import urljoin

from wagtail.images.models import SourceImageIOError

from clinicsite.core.pictures.facts import alternative_text

#: The size that networks and search engines ask for, as Wagtail stores it with the rendition.
SPEC = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class SharedPicture:
    """A picture at its full address, with its size in pixels and its description."""

    url: str
    width: int
    height: int
    alt: str


def shared_picture(page, root_url: str) -> SharedPicture | None:
    """The picture of a page, or None where it has none or its file is lost.

    `root_url` is the clinic's. The rendition is one of those that the page's template has prepared.
    """
    picture = getattr(page, "sharing_image", None)
    if picture is None:
        return None
    try:
        rendition = picture.get_rendition(SPEC)
    except SourceImageIOError:
        return None
    return SharedPicture(
        url=full_url(rendition.url, root_url),
        width=rendition.width,
        height=rendition.height,
        alt=alternative_text(picture),
    )


def full_url(url: str, root_url: str) -> str:
    """The full address of a file: on the clinic's own host unless files have a host of their own."""
    return urljoin(f"{root_url}/", url)
