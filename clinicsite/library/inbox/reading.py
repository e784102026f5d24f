"""What one version of a follower leaves its clinic to answer."""

from collections.abc import Iterable

from clinicsite.library.composition import State
from clinicsite.library.equality import fingerprint
from clinicsite.library.holding import LibraryChange
from clinicsite.library.inbox.questions import Answer, Question, UpdateKind


def questions_about(page, dates) -> list[Question]:
    """What a follower's clinic has to answer about it, from this version of the page."""
    if not page.is_follower:
        return []
    if not page.library_page.live:
        # While the page as a whole is in question, its sections are not.
        return [_page_retired(page, dates)] if page.live else []
    return [*_about_sections(page, dates), *_about_waiting(page, dates), *_about_name(page)]


def _about_sections(page, dates) -> Iterable[Question]:
    for section in page.compose():
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
