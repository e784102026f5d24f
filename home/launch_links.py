"""Where the words of a clinic's pages lead, and which pictures they show: read from what is stored."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from django.db.models import ForeignKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from clinicsite.core.addresses import FOLDERS, parts_or_none
from clinicsite.core.rendering import key_or_none, strings_in
from clinicsite.library.models import SectionOverride

_TAG = re.compile(r"<a [^>]*>")
_PAGE = re.compile(r'linktype="page"')
_ID = re.compile(r'\bid="([^"]*)"')
_HREF = re.compile(r'\bhref="([^"]*)"')
#: So many addresses that are no page's are asked for, each by a request of its own.
MOST_ASKED = 20
MISSING = "a page that is gone"


def broken_links(subject) -> list[tuple[Page, str]]:
    """(page, where its link leads) of the links within the site that lead nowhere."""
    texts = list(_texts_of(subject))
    keys, addresses = {}, {}
    for page, text in texts:
        for tag in _TAG.findall(text):
            if _PAGE.search(tag):
                key = key_or_none(_value(_ID, tag))
                if key is not None:
                    keys.setdefault(key, page)
            elif path := _own_path(_value(_HREF, tag), subject):
                addresses.setdefault(path, page)
    return [*_gone(keys, subject), *_unanswered(addresses, subject)]


def leads_nowhere(subject, redirect: Redirect) -> bool:
    """Whether an old address leads to a page that is not there, or to none."""
    if redirect.redirect_page_id:
        return not redirect.redirect_page.live
    path = _own_path(redirect.redirect_link, subject)
    return path == redirect.old_path or not redirect.redirect_link


def pictures_in(pages: Iterable[Page]) -> dict[int, Page]:
    """{picture: a page that shows it} of the pictures that need words of their own.

    A block that has words beside its picture, or says that it is decoration, needs none.
    """
    found: dict[int, Page] = {}
    for page in pages:
        for key in _pictures_of(page):
            found.setdefault(key, page)
    return found


def _pictures_of(page):
    model = get_image_model()
    for field in page._meta.concrete_fields:
        if isinstance(field, ForeignKey) and issubclass(model, field.related_model):
            yield from filter(None, [getattr(page, field.attname)])
        elif isinstance(field, StreamField):
            yield from _pictures_in(list(getattr(page, field.name).raw_data))


def _pictures_in(stored) -> Iterator[int]:
    if isinstance(stored, dict):
        if isinstance(key := stored.get("image"), int) and not (
            stored.get("alt") or stored.get("is_decorative")
        ):
            yield key
        for value in stored.values():
            yield from _pictures_in(value)
    elif isinstance(stored, list | tuple):
        for value in stored:
            yield from _pictures_in(value)


def _texts_of(subject) -> Iterator[tuple[Page, str]]:
    by_key = {page.pk: page for page in subject.specific_pages}
    for page in by_key.values():
        for field in page._meta.concrete_fields:
            if isinstance(field, RichTextField):
                yield page, getattr(page, field.attname) or ""
            elif isinstance(field, StreamField):
                yield from ((page, text) for text in strings_in(list(getattr(page, field.name).raw_data)))
    for row in SectionOverride.objects.filter(page__in=by_key):
        yield from ((by_key[row.page_id], text) for text in strings_in(list(row.body.raw_data)))


def _value(pattern, tag):
    found = pattern.search(tag)
    return unescape(found[1]) if found else ""


def _own_path(address, subject):
    """The path on the clinic's host that an address names; empty for an address elsewhere."""
    parts = parts_or_none(address)
    if parts is None or (parts.scheme and parts.scheme not in ("http", "https")):
        return ""
    if parts.netloc and (parts.hostname or "") not in subject.hosts:
        return ""
    # Files are given out by the proxy or a bucket, which this process cannot ask.
    is_file = parts.path.split("/")[1:2] and parts.path.split("/")[1] in FOLDERS
    return unquote(parts.path) if parts.path.startswith("/") and not is_file else ""


def _gone(keys, subject):
    """Of links by key. One to a page of the library leads to the clinic's own, or is plain text."""
    root = subject.site.root_page.path
    rows = {pk: (path, live, title) for pk, path, live, title in _rows(keys)}
    for key, page in keys.items():
        path, live, title = rows.get(key, (root, False, MISSING))
        if path.startswith(root) and not live:
            yield page, title


def _rows(keys):
    return Page.objects.filter(pk__in=keys).values_list("pk", "path", "live", "title")


def _unanswered(addresses, subject):
    known = {subject.path_of(page) for page in subject.pages}
    redirects = Redirect.objects.filter(site=subject.site).values_list("old_path", flat=True)
    known |= {f"{path}/" for path in redirects} | set(redirects)
    asked = [path for path in addresses if path not in known and f"{path}/" not in known]
    for path in asked[:MOST_ASKED]:
        if subject.answer(path).status_code >= 400:
            yield addresses[path], urlsplit(path).path
