"""Where the links of a preview lead: to the preview of that page as the same clinic, or to the clinic's site.

A preview is shown on the agency's host, where the addresses of a clinic's pages are nobody's.
"""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from wagtail.models import Site

from clinicsite.library.shared_pages.page import SharedPage, shared_page_models

_TAG = re.compile(r"<(?:a|area|form)\b[^>]*>")
_ADDRESS = re.compile(r'(\s(?:href|action)=)"(/(?!/)[^"]*)"')
_TARGET = re.compile(r'\starget="[^"]*"')


def lead_on(html: str, page: SharedPage, site: Site, preview_of: Callable[[int], str | None]) -> str:
    """The html of a previewed page with links that lead somewhere.

    `preview_of` gives the address of the preview of a library page, or None where the person may not see it.
    """
    links = [match for tag in _TAG.findall(html) if (match := _ADDRESS.search(tag))]
    library_pages = _library_pages({_path(match[2]) for match in links}, page, site)

    def replaced(tag: re.Match[str]) -> str:
        found = _ADDRESS.search(tag[0])
        if found is None:
            return tag[0]
        library_page = library_pages.get(_path(found[2]))
        preview = preview_of(library_page) if library_page else None
        # The preview stands in a frame; the clinic's own site may not be shown in one.
        target = "_top" if preview else "_blank"
        address = escape(preview) if preview else site.root_url + found[2]
        link = f'{found[1]}"{address}" target="{target}"'
        return _TARGET.sub("", tag[0]).replace(found[0], link)

    return _TAG.sub(replaced, html)


def _path(address):
    """The path of an address as it stands in html, without what comes after it."""
    return re.split("[?#]", unescape(address))[0]


def _library_pages(paths: Iterable[str], page: SharedPage, site: Site) -> dict[str, int]:
    """{path on the clinic's site: key of the library page that the page there follows}; a query a type."""
    root = site.root_page.url_path
    paths_of = {root + path[1:]: path for path in paths}
    found = {paths_of[page.url_path]: page.library_page_id} if page.url_path in paths_of else {}
    for model in shared_page_models():
        below = model.objects.descendant_of(site.root_page)
        pages = below.filter(url_path__in=paths_of, library_page__isnull=False)
        found |= {paths_of[path]: key for path, key in pages.values_list("url_path", "library_page_id")}
    return found
