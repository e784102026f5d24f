"""Answer library updates, one or several at once: what a clinic's people say in their inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import Page, Site

from clinicsite.core.rendering import key_or_none
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.answers import CHANGED_MEANWHILE
from clinicsite.library.answering.drafts import AnswerError, change_draft
from clinicsite.library.details import mark_of
from clinicsite.library.equality import fingerprint
from clinicsite.library.inbox.questions import Answer, UpdateKind
from clinicsite.library.joining import adding, independence
from clinicsite.library.shared_pages.page import SharedPage

NOT_HERE = "This page is not on your site any more. Nothing was changed."
NO_SUCH_ANSWER = "There is nothing to answer here any more, or not in this way. Nothing was changed."


@dataclass(frozen=True)
class Asked:
    """A question as a form names it, see `Question.key`."""

    kind: UpdateKind
    page_id: int
    section_id: str
    seen: str

    @classmethod
    def from_key(cls, key: str) -> "Asked":
        """Read the name of a question; refuses one that nobody can have been asked."""
        parts = key.split(":")
        page_id = key_or_none(parts[1]) if len(parts) == 4 else None
        if page_id is None or parts[0] not in set(UpdateKind):
            raise AnswerError(NO_SUCH_ANSWER)
        return cls(UpdateKind(parts[0]), page_id, parts[2], parts[3])


class Outcome(StrEnum):
    """What an answer that was carried out means for patients, in the words of a count: "2 published"."""

    PUBLISHED = "published"
    SAVED = "saved in drafts"
    TAKEN_DOWN = "taken down"
    NOTED = "noted"


@dataclass(frozen=True)
class Result:
    """What became of one answer."""

    sentence: str
    is_done: bool = True
    outcome: Outcome = Outcome.NOTED

    @property
    def is_published(self) -> bool:
        """Whether patients read something of it by now."""
        return self.outcome is Outcome.PUBLISHED


def answer_update(site: Site, user: AbstractBaseUser, answer: str, key: str) -> Result:
    """Carry out one answer for a clinic; a refusal comes back as a sentence, and then nothing is changed."""
    try:
        asked = Asked.from_key(key)
        carry_out = _ANSWERS.get((asked.kind, answer))
        if carry_out is None:
            raise AnswerError(NO_SUCH_ANSWER)
        with transaction.atomic():
            return carry_out(site, user, asked)
    except AnswerError as error:
        return Result(str(error), is_done=False)
    except ValidationError as error:
        return Result(f"Nothing was changed: {' '.join(error.messages)}", is_done=False)
    except PermissionDenied:
        return Result("You may not change this page. Ask the clinic’s owner.", is_done=False)


def _in_page(change: Callable, words: str):
    """An answer that changes the clinic's page: `change(page, asked)`, told as `words`."""

    def carry_out(site: Site, user: AbstractBaseUser, asked):
        page = _own_page(site, asked.page_id)
        changed = change_draft(
            page.pk,
            user,
            lambda draft: change(draft, asked),
            message=f"{words} (library update)",
            publish=True,
        )
        where = "Published." if changed.is_published else "Saved in the draft; publish it to show patients."
        return Result(f"“{page.title}”: {words}. {where}", outcome=_outcome(changed.is_published))

    return carry_out


def _keep(page, asked):
    answers.keep_own(page, asked.section_id, seen=asked.seen)


def _take(page, asked):
    _refuse_if_changed(answers.composed_section(page, asked.section_id).library, asked.seen)
    answers.return_to_library(page, asked.section_id)


def _approve(page, asked):
    if not asked.section_id:
        _approve_details(page, asked)
        return
    live = {section.id: section for section in page.get_live_library_sections()}
    _refuse_if_changed(live.get(asked.section_id), asked.seen)
    held_pages.accept_waiting(page, [asked.section_id])


def _approve_details(page, asked):
    if mark_of(page) != asked.seen:
        raise AnswerError(CHANGED_MEANWHILE)
    held_pages.accept_details(page)


def _keep_retired(page, asked):
    answers.keep_retired(page, asked.section_id)


def _drop_retired(page, asked):
    answers.drop_retired(page, asked.section_id)


def _note_lock(page, asked):
    answers.note_lock(page, asked.section_id)


def _keep_page(page, asked):
    independence.leave(page)


def _take_title(page, asked):
    page.title = page.library_page.title
    page.draft_title = page.title
    page.library_base = {**page.library_base, "title": page.library_page.title}


def _take_slug(page, asked):
    slug = page.library_page.slug
    if page.get_siblings(inclusive=False).filter(slug=slug).exists():
        raise AnswerError(f"Another page of yours has the address “{slug}” already. Change that one first.")
    page.slug = slug
    page.library_base = {**page.library_base, "slug": slug}


def _keep_name(page, asked):
    library_page = page.library_page
    page.library_base = {**page.library_base, "title": library_page.title, "slug": library_page.slug}


def _unpublish(site, user, asked):
    page = _own_page(site, asked.page_id)
    if not page.permissions_for_user(user).can_unpublish():
        raise AnswerError(f"You may not unpublish “{page.title}”. Ask the clinic’s owner to let it go.")
    page.unpublish(user=user)
    return Result(f"“{page.title}” is unpublished. Its words are kept with it.", outcome=Outcome.TAKEN_DOWN)


def _add(is_live):
    def carry_out(site: Site, user: AbstractBaseUser, asked):
        library_page = _library_page(asked.page_id)
        adding.refuse_unless_editing(site, user)
        page = adding.add_page(site, library_page, user, is_live=is_live)
        return Result(added_sentence(page, library_page.slug), outcome=_outcome(page.live))

    return carry_out


def _outcome(is_published):
    return Outcome.PUBLISHED if is_published else Outcome.SAVED


def added_sentence(page: Page, wanted_slug):
    """What to say of a page that has just been added; its address may not be the one that was wanted."""
    state = "added and published" if page.live else "added as a draft"
    renamed = ""
    if page.slug != wanted_slug:
        renamed = f" The address “{wanted_slug}” was taken, so it has “{page.slug}”."
    return f"“{page.title}” is {state}.{renamed}"


def _decline(site, user, asked):
    library_page = _library_page(asked.page_id)
    adding.decline(site, library_page, user)
    return Result(f"“{library_page.title}” is not offered any more. You find it under “Not for us”.")


def _own_page(site, page_id):
    page = Page.objects.descendant_of(site.root_page).filter(pk=page_id).first()
    specific = page.specific if page else None
    if not isinstance(specific, SharedPage):
        raise AnswerError(NOT_HERE)
    return specific


def _library_page(page_id):
    page = adding.library_page_or_none(page_id)
    if page is None or not page.live:
        raise AnswerError("The library does not offer this page any more.")
    return page


def _refuse_if_changed(section, seen):
    if (fingerprint(section) if section else "") != seen:
        raise AnswerError(CHANGED_MEANWHILE)


_ADDING = {
    Answer.ADD_DRAFT: _add(is_live=False),
    Answer.ADD_LIVE: _add(is_live=True),
    Answer.DECLINE: _decline,
}
_ANSWERS = {
    (UpdateKind.CHANGED, Answer.KEEP): _in_page(_keep, "kept your own version"),
    (UpdateKind.CHANGED, Answer.TAKE): _in_page(_take, "took the library’s version"),
    (UpdateKind.WAITING, Answer.APPROVE): _in_page(_approve, "approved what the library changed"),
    (UpdateKind.RETIRED, Answer.KEEP_RETIRED): _in_page(
        _keep_retired, "kept the section the library dropped"
    ),
    (UpdateKind.RETIRED, Answer.DROP_RETIRED): _in_page(_drop_retired, "let the dropped section go"),
    (UpdateKind.SET_ASIDE, Answer.NOTED): _in_page(_note_lock, "noted that the library’s lock holds"),
    (UpdateKind.SET_ASIDE, Answer.TAKE): _in_page(_take, "took the library’s version"),
    (UpdateKind.BACK, Answer.KEEP): _in_page(_keep, "kept what you had"),
    (UpdateKind.BACK, Answer.TAKE): _in_page(_take, "took the library’s version"),
    (UpdateKind.PAGE_RETIRED, Answer.KEEP_RETIRED): _in_page(_keep_page, "kept as your own page"),
    (UpdateKind.PAGE_RETIRED, Answer.DROP_RETIRED): _unpublish,
    (UpdateKind.RENAMED, Answer.TAKE_TITLE): _in_page(_take_title, "took the new title"),
    (UpdateKind.RENAMED, Answer.TAKE_SLUG): _in_page(_take_slug, "took the new address"),
    (UpdateKind.RENAMED, Answer.KEEP_NAME): _in_page(_keep_name, "kept your title and address"),
    **{(UpdateKind.NEW, answer): carry_out for answer, carry_out in _ADDING.items()},
    **{(UpdateKind.LINK, answer): carry_out for answer, carry_out in _ADDING.items()},
}
