"""All questions to one clinic, in the order in which its people read them."""

from collections.abc import Iterable
from dataclasses import replace

from wagtail.models import Page

from clinicsite.library.answering.drafts import can_publish_at_once
from clinicsite.library.composition import State
from clinicsite.library.details import mark_of
from clinicsite.library.equality import fingerprint, same_words
from clinicsite.library.holding import LibraryChange
from clinicsite.library.inbox.loading import Dates, Notes, draft_of, followers, followers_with_news
from clinicsite.library.inbox.questions import Answer, Pilot, Question, Replacement, UpdateKind
from clinicsite.library.joining.adding import Offers
from clinicsite.library.links import missing_link_targets
from clinicsite.library.models.releases import Release
from clinicsite.library.notices import AGAINST_THE_CLINIC, words_for
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.versions.read_by_clinic import pilots_around

#: What follows from the words of the version that a clinic reads, not from the library page's name or place.
ABOUT_WORDS = {
    UpdateKind.CHANGED,
    UpdateKind.WAITING,
    UpdateKind.RETIRED,
    UpdateKind.SET_ASIDE,
    UpdateKind.BACK,
}


class Inbox:
    """The library updates of one clinic, for one person."""

    def __init__(self, site, user):
        self.site = site
        self.user = user
        self.offers = Offers(site)

    def questions(self) -> list[Question]:
        """Every question, the newest first; those without a date come last."""
        pages = followers(self.site)
        found = [*self._about_followers(pages), *self._about_offers()]
        found = self._with_notes(found, {page.library_page_id: page for page in pages})
        return sorted(found, key=lambda one: one.when.timestamp() if one.when else 0, reverse=True)

    def pilots(self) -> list[Pilot]:
        """The pages on which the clinic tries a version before the others, newest first."""
        keys = pilots_around(self.site).values()
        releases = Release.objects.filter(pk__in=keys).defer("content", "before")
        pages = {page.library_page_id: page for page in followers(self.site)} if keys else {}
        return [Pilot(pages[one.page_id], one.note.strip()) for one in releases if one.page_id in pages]

    def count(self) -> int:
        """How many questions about the clinic's own pages wait; loads only pages that may have one."""
        questions = self._about_followers(followers_with_news(self.site))
        return sum(not question.is_answered for question in questions)

    def _about_followers(self, pages) -> list[Question]:
        dates = Dates(pages)
        return [question for page in pages for question in self._about(page, dates)]

    def _about(self, page, dates) -> list[Question]:
        live = questions_about(page, dates)
        if not page.has_unpublished_changes or not page.latest_revision:
            is_at_once = can_publish_at_once(page, self.user)
            return [replace(question, is_at_once=is_at_once) for question in live]
        open_ones = questions_about(draft_of(page), dates)
        still_open = {question.about for question in open_ones}
        answered = [question for question in live if page.live and question.about not in still_open]
        return open_ones + [replace(question, is_answered=True, answers=()) for question in answered]

    def _about_offers(self) -> list[Question]:
        linked = missing_link_targets(self.site)
        linking = Page.objects.filter(pk__in={key for keys in linked.values() for key in keys})
        titles = dict(linking.values_list("pk", "title"))
        return [
            self._about_offer(offer, [titles[pk] for pk in linked.get(offer.page.pk, [])])
            for offer in self.offers.open
        ]

    def _about_offer(self, offer, linked_from):
        what = f"The library offers this {offer.type_name}, and your site does not have it."
        if linked_from:
            names = ", ".join(f"“{title}”" for title in linked_from)
            what = f"Linked from {names}. Your site does not have it, so patients read plain text there."
        return Question(
            UpdateKind.LINK if linked_from else UpdateKind.NEW,
            offer.page,
            "",
            what if offer.place.parent else f"{what} {offer.place.missing}",
            (*self._ways_to_add(offer), Answer.DECLINE),
            when=offer.page.first_published_at,
            offer=offer,
        )

    def _ways_to_add(self, offer):
        if not offer.place.parent:
            return ()
        may_publish = offer.place.parent.permissions_for_user(self.user).can_publish()
        return (Answer.ADD_DRAFT, Answer.ADD_LIVE) if may_publish else (Answer.ADD_DRAFT,)

    def _with_notes(self, questions, own_pages) -> list[Question]:
        """The questions with what the library said about them; one query."""
        pages = (question.library_page_id for question in questions)
        notes = Notes(pages, pilots_around(self.site).values())
        return [self._with_note(question, notes, own_pages) for question in questions]

    def _with_note(self, question, notes, own_pages):
        library_page_id = question.library_page_id
        if question.kind is not UpdateKind.PAGE_RETIRED:
            if question.kind not in ABOUT_WORDS:
                return replace(question, note=notes.note_of(library_page_id, is_live=True))
            is_on_pilot = notes.is_on_pilot(library_page_id)
            return replace(question, note=notes.note_read(library_page_id), is_on_pilot=is_on_pilot)
        replacement = self._replacement(notes.replacement_of(library_page_id), own_pages)
        what = f"{question.what} {replacement.words}" if replacement else question.what
        note = notes.note_of(library_page_id, is_live=False)
        return replace(question, note=note, replacement=replacement, what=what)

    def _replacement(self, library_page_id, own_pages):
        """What takes the place of a retired page; None if the library does not publish it now either."""
        own = own_pages.get(library_page_id) if library_page_id else None
        if own:
            return Replacement(own.library_page, own) if own.library_page.live else None
        offer = next((one for one in self.offers.all if one.page.pk == library_page_id), None)
        return Replacement(offer.page, None, offer, self._ways_to_add(offer)) if offer else None


def questions_about(page: SharedPage, dates) -> list[Question]:
    """What a follower's clinic has to answer about it, from this version of the page."""
    if not page.is_follower:
        return []
    if not page.library_page.live:
        # While the page as a whole is in question, its sections are not.
        return [_page_retired(page, dates)] if page.live else []
    asked = (_about_sections, _about_waiting, _about_details)
    return [*(question for about in asked for question in about(page, dates)), *_about_name(page)]


def _about_sections(page, dates) -> Iterable[Question]:
    noticed = page.get_notices()
    yield from (_noticed(page, *one) for one in noticed)
    told = {override.section_id for override, _, _ in noticed}
    for section in page.compose():
        if section.id in told:
            continue
        if section.state in (State.YOURS_CHANGED, State.HIDDEN_CHANGED):
            yield _changed(page, section, dates)
        elif section.state is State.RETIRED:
            yield _retired(page, section, dates)


def _changed(page, section, dates):
    mine = "Your own version stays" if section.state is State.YOURS_CHANGED else "You hide it, and that stays"
    return Question(
        UpdateKind.CHANGED,
        page,
        section.library.heading or section.heading,
        f"The library has changed this section. {mine} until you answer.",
        (Answer.KEEP, Answer.TAKE),
        section.id,
        fingerprint(section.library),
        dates.of_section(page, section.id),
        can_compare=True,
    )


def _noticed(page, override, library, notice):
    """A question about an answer of the clinic's that a lock sets aside, or that holds again."""
    if notice in AGAINST_THE_CLINIC:
        kind, answers = UpdateKind.SET_ASIDE, (Answer.NOTED, Answer.TAKE) if library else (Answer.NOTED,)
    else:
        kind, answers = UpdateKind.BACK, (Answer.KEEP, Answer.TAKE)
    return Question(
        kind,
        page,
        library.heading if library else override.heading,
        words_for(notice, override, library),
        answers,
        override.section_id,
        fingerprint(library) if library else "",
        # A lock has no date of its own: it came with a release of the page.
        page.library_page.last_published_at,
        can_compare=kind is UpdateKind.BACK and not same_words(library, override.seen or override.base),
    )


def _retired(page, section, dates):
    return Question(
        UpdateKind.RETIRED,
        page,
        section.heading,
        "The library has dropped this section. Patients go on reading it until you answer.",
        (Answer.KEEP_RETIRED, Answer.DROP_RETIRED),
        section.id,
        when=dates.of_section(page, section.id),
    )


_WAITING = {
    LibraryChange.CHANGED: "The library has changed this section; patients read the version you accepted.",
    LibraryChange.NEW: "The library has added this section; patients do not see it yet.",
    LibraryChange.DROPPED: "The library has dropped this section; patients still read it.",
    LibraryChange.MOVED: "The library has moved this section; it stands where you accepted it.",
}


def _about_waiting(page, dates) -> Iterable[Question]:
    for waiting in page.get_waiting_changes():
        section = waiting.live or waiting.accepted
        yield Question(
            UpdateKind.WAITING,
            page,
            section.heading,
            f"You hold this page. {_WAITING[waiting.change]}",
            (Answer.APPROVE,),
            waiting.section_id,
            fingerprint(waiting.live) if waiting.live else "",
            dates.of_section(page, waiting.section_id),
            can_compare=waiting.change is LibraryChange.CHANGED,
        )


def _about_details(page, dates) -> Iterable[Question]:
    details = page.get_waiting_details()
    if not details:
        return
    names = ", ".join(f"{one.label}: “{one.text}”" if one.text else one.label for one in details)
    yield Question(
        UpdateKind.WAITING,
        page,
        "",
        f"You hold this page; patients read and see what you accepted. New in the library: {names}.",
        (Answer.APPROVE,),
        seen=mark_of(page),
        when=page.library_page.last_published_at,
    )


def _about_name(page) -> Iterable[Question]:
    library_page, known = page.library_page, page.library_base
    title_is_new = _is_new(known.get("title"), library_page.title, page.title)
    slug_is_new = _is_new(known.get("slug"), library_page.slug, page.slug)
    if not (title_is_new or slug_is_new):
        return
    said = []
    if title_is_new:
        said.append(f"The library calls this page “{library_page.title}” now; yours is “{page.title}”.")
    if slug_is_new:
        said.append(
            f"Its address in the library is “{library_page.slug}” now; yours is “{page.slug}”. "
            "If you take it, the old address leads to the new one."
        )
    takes = [Answer.TAKE_TITLE] * title_is_new + [Answer.TAKE_SLUG] * slug_is_new
    when = library_page.last_published_at
    yield Question(UpdateKind.RENAMED, page, "", " ".join(said), (*takes, Answer.KEEP_NAME), when=when)


def _is_new(known, now, own):
    """Whether the library has renamed something that the clinic calls otherwise."""
    return known is not None and known != now and own != now


def _page_retired(page, dates):
    what = (
        "The library has retired this page. Patients go on reading it until you answer. If you keep it, it "
        "becomes your own page and gets no more updates; if you let it go, it is unpublished."
    )
    answers = (Answer.KEEP_RETIRED, Answer.DROP_RETIRED)
    return Question(UpdateKind.PAGE_RETIRED, page, "", what, answers, when=dates.of_page(page))
