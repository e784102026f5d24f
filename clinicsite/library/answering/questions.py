"""What a clinic can say to the library on a screen: what it means, what it asks, what it does to a page."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser

from clinicsite.library.answering import additions, answers, held_pages
from clinicsite.library.answering.drafts import AnswerError, change_draft
from clinicsite.library.answering.offers import MOVES
from clinicsite.library.details import mark_of
from clinicsite.library.equality import fingerprint
from clinicsite.library.section_kinds import SectionKind


class NoForm(forms.Form):
    """Nothing to ask."""


class ReasonForm(forms.Form):
    """Why a clinic departs from the library in a clinical section."""

    reason = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence, for your colleagues and whoever reviews the page. Patients do not read it.",
    )


class AdditionForm(forms.Form):
    """What a section of the clinic's own begins with."""

    kind = forms.ChoiceField(choices=SectionKind.choices, initial=SectionKind.OTHER, label="What it is about")
    heading = forms.CharField(max_length=150)


class WaitingForm(forms.Form):
    """What somebody saw when they approved it, so that nothing newer is approved unseen."""

    seen = forms.CharField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class SectionAnswer:
    """One thing a clinic can say to a section; `{name}` in its sentences is the section's heading.

    `apply` takes the page, the section's id and what the form asked.
    """

    explanation: str
    done: str
    apply: Callable
    asks_reason: bool = False
    shows_own_words: bool = False


SECTION_ANSWERS = {
    "make-ours": SectionAnswer(
        "The library's text of “{name}” is copied into your page, where you can change it. The library's "
        "newer text no longer replaces it; you are told when there is one.",
        "“{name}” is yours now. Write it in its place in the list.",
        lambda page, section_id, asked: answers.make_own(page, section_id, reason=asked.get("reason", "")),
        asks_reason=True,
    ),
    "own-heading": SectionAnswer(
        "The heading “{name}” is yours to change. The text under it stays the library's and keeps up with "
        "it; you are told when the library changes its heading.",
        "The heading of “{name}” is yours now. Write it in its place in the list.",
        lambda page, section_id, asked: answers.make_heading_own(
            page, section_id, reason=asked.get("reason", "")
        ),
        asks_reason=True,
    ),
    "bring-back": SectionAnswer(
        "“{name}” shows the words that your clinic wrote before, instead of the library's.",
        "“{name}” shows your clinic's words again.",
        lambda page, section_id, asked: answers.bring_back_own(
            page, section_id, words=asked.get("words", "")
        ),
        shows_own_words=True,
    ),
    "hide": SectionAnswer(
        "“{name}” is left out of your page. Words of your own are kept and can come back.",
        "“{name}” is hidden.",
        lambda page, section_id, asked: answers.hide(page, section_id, reason=asked.get("reason", "")),
        asks_reason=True,
    ),
    "return": SectionAnswer(
        "“{name}” shows the library's text again and keeps up with it. Words of your own are kept and can "
        "come back.",
        "“{name}” shows the library's text again.",
        lambda page, section_id, asked: answers.return_to_library(page, section_id),
    ),
    "keep-retired": SectionAnswer(
        "“{name}” stays on your page as patients read it now, though the library has dropped it. You look "
        "after its text from now on. Other words of yours are kept and can come back.",
        "“{name}” stays, as your own.",
        lambda page, section_id, asked: answers.keep_retired(page, section_id),
    ),
    "drop-retired": SectionAnswer(
        "“{name}” leaves your page, as it has left the library. Words of your own are kept and can come "
        "back.",
        "“{name}” has left your page.",
        lambda page, section_id, asked: answers.drop_retired(page, section_id),
    ),
    **{
        name: SectionAnswer(
            "“{name}” changes places with the section beside it.",
            "“{name}” has moved.",
            lambda page, section_id, asked, steps=steps: additions.move_addition(page, section_id, steps),
        )
        for name, steps in MOVES.items()
    },
}


@dataclass(frozen=True)
class PageAnswer:
    """One thing a clinic can say to the whole library page it follows."""

    explanation: str
    done: str
    apply: Callable


def _approve_what_was_seen(page, asked):
    if asked["seen"] != fingerprint_of(page):
        raise AnswerError(answers.CHANGED_MEANWHILE)
    held_pages.accept_waiting(page)


PAGE_ANSWERS = {
    "hold": PageAnswer(
        "Your page keeps the library's sections, its summary and other texts, and its picture as they are "
        "now. What is newer waits until you approve it, one by one or all at once. Locked sections always "
        "come live: they are about safety. So do the evidence, the conditions and parts of the body that a "
        "page names, and who reviewed the library's text: other pages tell them too.",
        "This page holds the library's version of today.",
        lambda page, asked: held_pages.hold(page),
    ),
    "follow-live": PageAnswer(
        "Your page shows the library's sections as they are, now and whenever the library publishes. "
        "Your own sections stay yours.",
        "This page follows the library live.",
        lambda page, asked: held_pages.follow_live(page),
    ),
    "approve": PageAnswer(
        "Your page takes over everything that waits. What the library changes after that waits again.",
        "What waited is approved.",
        _approve_what_was_seen,
    ),
}


def fingerprint_of(page):
    """Is equal for two states of a held page if the same words wait in both."""
    changes = page.get_waiting_changes()
    sections = [f"{one.section_id}:{one.live and fingerprint(one.live)}" for one in changes]
    return " ".join([*sections, mark_of(page) if page.get_waiting_details() else ""]).strip()


def move(user: AbstractBaseUser, page_id: int, section_id, action):
    """Move an addition on behalf of a person, at once; refuses with `AnswerError`."""
    done = SECTION_ANSWERS[action].done.format(name="A section")
    change_draft(
        page_id, user, lambda page: additions.move_addition(page, section_id, MOVES[action]), message=done
    )
