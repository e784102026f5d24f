"""What is looked at before a launch of a site as a whole: pages, pictures, and what machines read of it."""

import json
import re
from xml.etree import ElementTree

from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model

from clinicsite.clinics.launching.checks import Fix, LaunchCheck, is_open, named, ok, register_launch_check
from clinicsite.clinics.launching.subject import edit_url
from clinicsite.core.pictures.facts import alternative_text
from clinicsite.home.contact.pages import ContactPage
from clinicsite.home.launch_links import broken_links, leads_nowhere, pictures_in
from clinicsite.home.pages.standard import StandardPage
from clinicsite.home.sitemaps import entries_of

PRIVACY = "privacy"
_JSON_LD = re.compile(r'<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class ContactCheck(LaunchCheck):
    """Patients find a form."""

    name, title, order = "contact", "Contact page", 150

    def look(self, subject):
        page = subject.live(ContactPage).first()
        if page is None:
            words = "There is no contact page that patients can read."
            return is_open(words, [Fix("Pages of the clinic", subject.pages_url)])
        if subject.answer(subject.path_of(page)).status_code != 200:
            return is_open(f"“{page.title}” does not answer.", [Fix(f"Edit {page.title}", edit_url(page))])
        return ok("Patients find a form to write to the clinic.")


class PrivacyCheck(LaunchCheck):
    """What becomes of patients' words is told."""

    name, title, order = "privacy", "Privacy page", 160

    def look(self, subject):
        if subject.live(StandardPage).filter(slug=PRIVACY).exists():
            return ok("The privacy page is there.")
        words = "There is no page at /privacy/ that says what becomes of patients’ words."
        return is_open(words, [Fix("Pages of the clinic", subject.pages_url)])


class PicturesCheck(LaunchCheck):
    """Pictures that say something say it to people who cannot see them."""

    name, title, order = "pictures", "Pictures in words", 170

    def look(self, subject):
        used = pictures_in(subject.specific_pages)
        found = get_image_model().objects.filter(pk__in=used)
        silent = {picture.pk for picture in found if not alternative_text(picture)}
        pages = dict.fromkeys(page for key, page in used.items() if key in silent)
        if silent:
            what = "1 picture has" if len(silent) == 1 else f"{len(silent)} pictures have"
            where = named(page.title for page in pages)
            words = f"{what} no description for people who cannot see, on {where}."
            return is_open(words, [Fix(f"Edit {page.title}", edit_url(page)) for page in pages])
        return ok("Every picture has a description.")


class LinksCheck(LaunchCheck):
    """No link within the site leads nowhere."""

    name, title, order = "links", "Links within the site", 180

    def look(self, subject):
        found = broken_links(subject)
        if found:
            pages = list(dict.fromkeys(page for page, _target in found))
            targets = named(target for _page, target in found)
            words = f"These links lead nowhere: {targets}, on {named(page.title for page in pages)}."
            return is_open(words, [Fix(f"Edit {page.title}", edit_url(page)) for page in pages])
        return ok("Every link within the site leads somewhere.")


class RedirectsCheck(LaunchCheck):
    """Old addresses lead to pages that are there."""

    name, title, order = "redirects", "Old addresses", 190

    def look(self, subject):
        rows = Redirect.objects.filter(site=subject.site).select_related("redirect_page")
        wrong = [row for row in rows if leads_nowhere(subject, row)]
        if wrong:
            words = f"These old addresses lead to nothing: {named(row.old_path for row in wrong)}."
            pages = [row.redirect_page for row in wrong if row.redirect_page_id]
            hint = "Publish the page again, or ask the agency to have them lead elsewhere."
            fixes = [Fix(f"Edit {page.title}", edit_url(page)) for page in pages]
            return is_open(f"{words} {hint}", fixes or [Fix("Pages of the clinic", subject.pages_url)])
        return ok("Every old address leads to a page that is there.")


class StructuredDataCheck(LaunchCheck):
    """What search engines read beside the words can be read, on one page of each type."""

    name, title, order = "structured-data", "Data for search engines", 320

    def look(self, subject):
        wrong = []
        for page in _one_of_each_type(subject.pages):
            response = subject.answer(subject.path_of(page))
            if response.status_code != 200 or _what_is_wrong(response.content.decode(), subject):
                wrong.append(page)
        if wrong:
            words = f"What search engines read is not whole on {named(page.title for page in wrong)}."
            return is_open(words, [Fix(f"Edit {page.title}", edit_url(page)) for page in wrong])
        return ok("Search engines can read what every kind of page is about.")


class SitemapCheck(LaunchCheck):
    """The list of pages for search engines is there and names the site's own."""

    name, title, order = "sitemap", "Sitemap", 330

    def look(self, subject):
        fixes = [Fix("Pages of the clinic", subject.pages_url)]
        if not subject.settings.is_live:
            # Until then robots get none; what it will list is known all the same.
            entries = list(entries_of(subject.site, subject.site.root_url))
            return ok(_count(len(entries))) if entries else is_open("/sitemap.xml would list no page.", fixes)
        response = subject.answer("/sitemap.xml")
        if response.status_code != 200:
            return is_open(f"/sitemap.xml answers {response.status_code}.", fixes)
        listed = [one.text or "" for one in ElementTree.fromstring(response.content).iter(f"{_SITEMAP}loc")]
        own = [address for address in listed if address.startswith(f"{subject.site.root_url}/")]
        if not listed or len(own) != len(listed):
            return is_open("/sitemap.xml does not list this site’s own pages alone.", fixes)
        return ok(_count(len(listed)))


def _count(number):
    return f"/sitemap.xml lists {number} page{'s' if number > 1 else ''}."


def _one_of_each_type(pages):
    return {page.content_type_id: page for page in reversed(pages)}.values()


def _what_is_wrong(markup, subject):
    """Why the structured data of a page cannot be used; empty where it can."""
    blocks = _JSON_LD.findall(markup)
    if not blocks:
        return "there is none"
    try:
        graphs = [json.loads(block).get("@graph", []) for block in blocks]
    except (ValueError, AttributeError):
        return "it is no JSON"
    nodes = [node for graph in graphs for node in graph]
    if not nodes or not all(isinstance(node, dict) and node.get("@type") for node in nodes):
        return "something in it has no type"
    ids = [node["@id"] for node in nodes if "@id" in node]
    if len(ids) != len(set(ids)):
        return "two things in it have one name"
    own = f"{subject.site.root_url}/"
    return "" if any(str(one).startswith(own) for one in ids) else "nothing in it is this site’s"


def register() -> None:
    """Put these lines into the checklist."""
    for check in (
        ContactCheck,
        PrivacyCheck,
        PicturesCheck,
        LinksCheck,
        RedirectsCheck,
        StructuredDataCheck,
        SitemapCheck,
    ):
        register_launch_check(check)
