"""Find words on clinics' own pages and in their settings, and put others in their place."""

from hashlib import sha256
from typing import Any

from django.template.defaultfilters import pluralize
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.provisioning.bulk import pages, settings_rows
from clinicsite.provisioning.bulk.own_words import Words
from clinicsite.provisioning.bulk.plans import BulkError, Plan
from clinicsite.provisioning.bulk.replacing import Search

SETTINGS_TITLE = "What the clinic says of itself"


class WordsJob:
    """One search, with what is put in place of what is found."""

    def __init__(self, asked: dict[str, Any]):
        self.search = Search(
            asked["find"],
            asked["replace"],
            matches_case=asked.get("matches_case", True),
            whole_words=asked.get("whole_words", True),
        )

    def title(self) -> str:
        if not self.search.replace:
            return f"Take out “{self.search.find}”"
        return f"Replace “{self.search.find}” by “{self.search.replace}”"

    def look(self, site: Site, user) -> Plan:
        plan = Plan()
        for page in Page.objects.descendant_of(site.root_page, inclusive=True).order_by("path").specific():
            self._look_at(page, user, plan)
        words = Words(self.search)
        fields = words.replace_in_settings(ClinicSettings.objects.get(site=site))
        if fields:
            settings_rows.refuse_unless_allowed(user, site)
            plan.changes.append(_change(None, SETTINGS_TITLE, words, is_at_once=True))
        return plan

    def do(self, site: Site, user, plan: Plan, message: str) -> list[dict[str, Any]]:
        return [self._do(change, site, user, message) for change in plan.changes]

    def undo(self, site: Site, user, plan: Plan, done: list, message: str) -> None:
        for change, one in zip(plan.changes, done, strict=True):
            if change["page"] is None:
                settings_rows.put_back(site, user, one["settings"])
            else:
                pages.bring_back(one, change["title"], user, message)

    def _look_at(self, page, user, plan):
        is_draft_other = page.has_unpublished_changes or not page.live
        draft = page.get_latest_revision_as_object() if is_draft_other else page
        words = Words(self.search)
        words.replace_on_page(draft)
        title = page.get_admin_display_title()
        if words.texts:
            pages.refuse_unless_open(page, user)
            is_at_once = pages.goes_live_at_once(page, user)
            plan.changes.append(_change(page.pk, title, words, is_at_once=is_at_once))
        if words.left:
            places = f"{words.left} place{pluralize(words.left)}"
            plan.notes.append(f"{places} on “{title}” will be left: formatting begins or ends in the words.")
        if page.live and is_draft_other and not words.texts and self._is_on(page):
            plan.notes.append(
                f"Patients read the words on “{title}”, and its draft has them no more: it will be left."
            )

    def _is_on(self, page):
        words = Words(self.search)
        words.replace_on_page(page)
        return bool(words.texts)

    def _do(self, change, site, user, message):
        words = Words(self.search)
        if change["page"] is None:
            return {"settings": settings_rows.change(site, user, words.replace_in_settings)}
        done = pages.change(change["page"], user, words.replace_on_page, message)
        if _mark(words) != change["mark"] or done["is_published"] != change["is_at_once"]:
            raise BulkError(pages.CHANGED_SINCE.format(title=change["title"]) + " it was shown.")
        return done


def _change(page_id, title, words, *, is_at_once):
    return {
        "page": page_id,
        "title": title,
        "is_at_once": is_at_once,
        "places": words.places,
        "mark": _mark(words),
    }


def _mark(words):
    """The same for the same texts in the same places."""
    return sha256(repr(words.texts).encode()).hexdigest()
