"""What is looked at before a library page is released: a sentence for each thing that is not right."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from clinicsite.core.rendering import strings_in
from clinicsite.library.included import included_in, included_models
from clinicsite.library.links import broken_library_links
from clinicsite.library.section_kinds import NOT_CLINICAL
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.stored import included_keys
from clinicsite.library.tokens.names import validate_tokens

#: Says in sentences what is not right with the draft of a library page, though it can go live.
Check = Callable[[Page], list[str]]
_checks: list[Check] = []
#: Where a review date is entered.
WHERE = "on the tab “Details”, under “Clinical review”"


def register_release_check(check: Check) -> None:
    """Have every draft that is to be released looked at by this check as well."""
    if check not in _checks:
        _checks.append(check)


def unknown_token_reasons(draft) -> list[str]:
    """Why a page cannot go live: its tokens. The editor refuses them too, but autosave keeps them."""
    if not isinstance(draft, SharedPage):
        return []
    try:
        validate_tokens(strings_in(list(draft.sections.raw_data)))
    except ValidationError as error:
        return error.messages
    return []


def included_words_reasons(draft) -> list[str]:
    """Why a page cannot go live: warning signs that patients could not read, or that stand in others."""
    if not isinstance(draft, SharedPage):
        return []
    bodies = [child["value"].get("body") or [] for child in draft.sections.raw_data]
    bodies += [list(record.body.raw_data) for record in draft.clinicsite_section_overrides.all()]
    keys = {key for body in bodies for key in included_keys(body)}
    if draft.is_included:
        return _reasons_against_signs(bodies, keys)
    missing = keys - {words.page_id for words in included_in(bodies)}
    if not missing:
        return []
    names = [page.title for model in included_models() for page in model.objects.filter(pk__in=missing)]
    if len(names) < len(missing):
        return ["It names warning signs that have been deleted. Choose others, or take them out."]
    return [f"The warning signs “{name}” have not been released. Release them first." for name in names]


def _reasons_against_signs(bodies, keys):
    if keys:
        return ["Warning signs cannot stand within other warning signs. Write the words here."]
    return [] if any(bodies) else ["There are no words yet, and pages that name these signs would show none."]


def warnings_about(draft: SharedPage, changed_sections, changed_on) -> list[str]:
    """What is not right with a draft and its links, though it can be released.

    `changed_sections` are the sections whose words are new, `changed_on` the date of the newest change.
    """
    found = [sentence for check in _checks for sentence in check(draft)]
    return [*broken_library_links(draft), *found, *_review_warnings(draft, changed_sections, changed_on)]


def _review_warnings(draft, changed_sections, changed_on):
    clinical = [section for section in changed_sections if section.kind not in NOT_CLINICAL]
    if draft.reviewed_on is None:
        return [f"It has no review date, so no clinic's page will show one. Enter it {WHERE}."]
    if clinical and draft.reviewed_on < changed_on:
        return [
            f"Its review date, {date_format(draft.reviewed_on)}, is older than this change of "
            f"{date_format(changed_on)}. Enter the new date {WHERE}, once a clinician has checked it."
        ]
    if draft.next_review_on and draft.next_review_on < timezone.localdate():
        return [f"Its next review was due on {date_format(draft.next_review_on)}."]
    return []
