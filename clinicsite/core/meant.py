"""What an address was meant to be that is nearly right: in another case, or with what advertisements add."""

from urllib.parse import parse_qsl, urlsplit

from django.db.models import Q
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from clinicsite.core.addresses import page_path, parts_or_none
from clinicsite.core.querysets import listed


def address_meant(site: Site, asked: str) -> str | None:
    """Where an address of a clinic that answers nothing should lead; None where nothing is like it.

    Args:
        site: the clinic's.
        asked: the path with its query, percent-encoded, as the request has it.
    """
    parts = parts_or_none(uri_to_iri(asked))
    if parts is None or "\0" in asked or "%00" in asked:
        # PostgreSQL refuses to look for a zero.
        return None
    path, query = parts.path, parts.query
    redirect = _redirect_like(site, path, dict(parse_qsl(query, keep_blank_values=True)))
    return _link_of(redirect, path) if redirect else _page_like(site.root_page, path)


def _redirect_like(site, path, given):
    """The redirect of a path whose own parameters are all given; of several the one that names the most."""
    path = Redirect.normalise_path(path)
    rows = Redirect.get_for_site(site).filter(Q(old_path__iexact=path) | Q(old_path__istartswith=f"{path}?"))
    named = [(row, dict(parse_qsl(urlsplit(row.old_path).query, keep_blank_values=True))) for row in rows]
    fitting = [(row, len(wanted)) for row, wanted in named if wanted.items() <= given.items()]
    best = max(fitting, key=lambda one: (one[1], one[0].site_id is not None), default=None)
    return best[0] if best else None


def _link_of(redirect, path):
    """Where a redirect leads; None for one to itself in another case, which would turn in a circle."""
    link = redirect.link
    parts = parts_or_none(link or "")
    same = parts and parts.path.casefold().rstrip("/") == path.casefold().rstrip("/")
    return None if same else link


def _page_like(root, path):
    """The address of an open page that differs by its case alone."""
    asked = root.url_path + path.strip("/") + "/"
    below = Page.objects.descendant_of(root, inclusive=True)
    found = listed(below.filter(url_path__iexact=asked), root).exclude(url_path=asked)
    url_path = found.values_list("url_path", flat=True).first()
    return page_path(url_path, root.url_path) if url_path else None
