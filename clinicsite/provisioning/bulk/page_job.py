"""Add one page of the library to many clinics."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from wagtail.coreutils import find_available_slug
from wagtail.models import Site

from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.joining.adding import Offers, add_page, is_alike, library_page_or_none
from clinicsite.library.models import DeclinedPage
from clinicsite.provisioning.bulk import pages
from clinicsite.provisioning.bulk.plans import BulkError, Plan


class PageJob:
    """One page of the library, and whether it goes live at once."""

    def __init__(self, asked: dict[str, Any]):
        self.key, self.name, self.is_live = asked["page"], asked["title"], asked.get("is_live", False)

    def title(self) -> str:
        how = "live at once" if self.is_live else "as a draft"
        return f"Add “{self.name}” from the library, {how}"

    @cached_property
    def library_page(self):
        """The library's page; None where it is there no more."""
        return library_page_or_none(self.key)

    def look(self, site: Site, user) -> Plan:
        source = self.library_page
        if source is None or not source.live:
            raise BulkError(f"“{self.name}” is not published in the library now.")
        own = type(source).objects.of_site(site)
        if own.filter(library_page=source).exists():
            return Plan(notes=["It has the page already, perhaps as a draft."])
        if DeclinedPage.objects.filter(site=site, library_page=source).exists():
            return Plan(notes=["The clinic decided not to have it: left out."])
        place = Offers(site).places[type(source)]
        if place.parent is None:
            raise BulkError(place.missing)
        self._refuse_unless_allowed(place.parent, user)
        change = {
            "title": source.title,
            "slug": find_available_slug(place.parent, source.slug),
            "parent": place.parent.title,
            "is_at_once": self.is_live,
        }
        alike = (page for page in own.filter(library_page__isnull=True) if is_alike(page, source))
        notes = [f"The clinic has a page of its own that is much alike: “{page.title}”." for page in alike]
        return Plan([change], notes)

    def do(self, site: Site, user, plan: Plan, message: str) -> list[dict[str, Any]]:
        return [self._add(site, user) for _change in plan.changes]

    def undo(self, site: Site, user, plan: Plan, done: list, message: str) -> None:
        for change, one in zip(plan.changes, done, strict=True):
            pages.take_away(one, change["title"], user)

    def _add(self, site, user):
        try:
            page = add_page(site, self.library_page, user, is_live=self.is_live)
        except AnswerError as error:
            raise BulkError(str(error)) from error
        except PermissionDenied as error:
            raise BulkError("You may not add pages here.") from error
        page.refresh_from_db()
        return {
            "page": page.pk,
            "revision": page.latest_revision_id,
            "is_published": page.live,
            "url_path": page.url_path,
        }

    def _refuse_unless_allowed(self, parent, user):
        permissions = parent.permissions_for_user(user)
        may = permissions.can_publish_subpage() if self.is_live else permissions.can_add_subpage()
        if not may:
            raise BulkError("You may not add pages here.")
