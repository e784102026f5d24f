"""Addresses of a clinic's site that are no page's."""

from urllib.parse import SplitResult, quote, urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.http import RFC3986_SUBDELIMS

from clinicsite.core.conf import conf

#: Where patients search a clinic's site; the words stand in `q`.
SEARCH_PATH = "/search/"
#: A clinic's host leads from here to the agency's.
ADMIN_PATH = "/admin"
#: Folders that a web server serves itself before any page is asked.
FOLDERS = frozenset({"static", "media"})


def clinic_address(name: str, /, **parts) -> str:
    """The path of an address of the product on a clinic's host, such as its stylesheet's.

    `parts` are the values in it, as `reverse` takes them.
    """
    return reverse(name, urlconf=conf.CLINIC_URLCONF, kwargs=parts)


def parts_or_none(address: str) -> SplitResult | None:
    """The parts of an address that somebody sends or types; None for what is none, such as `http://[::1`."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def page_path(url_path: str, root_path: str) -> str:
    """A page's address on its clinic's site as it is printed: percent-encoded, as `reverse` has it.

    Args:
        url_path: the page's path in the tree, as Wagtail stores it.
        root_path: that of its clinic's front page.
    """
    return "/" + quote(url_path[len(root_path) :], safe=f"{RFC3986_SUBDELIMS}/~:@")


def is_reserved(slug: str) -> bool:
    """Whether a page of this slug right below a clinic's front page could not be reached."""
    return slug in FOLDERS or _answers(f"/{slug}/")


def has_fixed_address(path: str) -> bool:
    """Whether something that is no page answers at a path of every clinic's host, whatever the clinic is.

    A file such as a document may or may not be there; what stands below `.well-known` too.
    """
    if path.startswith(f"{ADMIN_PATH}/") or path == ADMIN_PATH:
        return True
    return not path.startswith("/.well-known/") and any(_is_fixed(one) for one in (path, f"{path}/"))


def _is_fixed(path):
    """Whether a path is the whole of an address, with nothing in it that may or may not be there."""
    try:
        found = resolve(path, urlconf=conf.CLINIC_URLCONF)
    except Resolver404:
        return False
    return found.url_name != "wagtail_serve" and not (found.args or found.kwargs)


def _answers(path: str) -> bool:
    try:
        return resolve(path, urlconf=conf.CLINIC_URLCONF).url_name != "wagtail_serve"
    except Resolver404:
        return False
