"""Anything a library and two clinics can do, one thing after another, for the laws of `test_laws.py`.

Each step is a real one: library edits are published revisions, clinics' answers go through `change_draft`.
After every step the invariants are asked of the database, as the next request would load it.
"""

import json
from contextlib import contextmanager, suppress
from uuid import uuid4

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clinicsite.core.rendering import rendering_for
from clinicsite.library.answering import additions, answers, held_pages
from clinicsite.library.answering.drafts import AnswerError, change_draft
from clinicsite.library.composition import Lock, State
from clinicsite.library.equality import fingerprint
from clinicsite.library.inbox.box import questions_about
from clinicsite.library.inbox.loading import Dates
from clinicsite.library.joining import independence
from clinicsite.library.models import LibrarySection, Release, SectionOverride
from clinicsite.library.models.overrides import mark_of
from clinicsite.library.releasing.releases import retire
from clinicsite.library.sections import section_from_base, sections_from_raw
from clinicsite.library.versions.content import publish_version
from tests.factories import LibraryFolderPageFactory, UserFactory, paragraph
from tests.library.pages import AFTERCARE, COST, OVERVIEW, RISKS, follower_of, fresh, library_treatment

picks = st.integers(min_value=0, max_value=99)
whose = st.integers(min_value=0, max_value=1)
sides = st.booleans()
often = st.sampled_from([True, True, False])
KINDS = ["overview", "cost", "risks", "other"]


def _write(raw, at, **values):
    if raw:
        child = raw[at % len(raw)]
        child["value"] = {**child["value"], **values}


def _lock(raw, at, to, words):
    lock = ["", *Lock][to % 4]
    _write(raw, at, lock=lock, lock_reason="Everyone reads the same." if lock else "")


def _shift(raw, at, to, words):
    if raw:
        child = raw.pop(at % len(raw))
        raw.insert(to % (len(raw) + 1), child)


def _add(raw, at, to, words):
    value = {"kind": KINDS[to % 4], "heading": words, "body": [paragraph(words)]}
    raw.insert(at % (len(raw) + 1), {"type": "section", "id": str(uuid4()), "value": value})


#: What a library editor does to a page's stored sections: (sections, place, place or choice, new words).
EDITS = {
    "heading": lambda raw, at, to, words: _write(raw, at, heading=words),
    "body": lambda raw, at, to, words: _write(raw, at, body=[paragraph(words)]),
    "lock": _lock,
    "order": _shift,
    "new": _add,
}


def _on_the_same_base(answer):
    """An answer after which a clinic's words still stand on what they were written on."""

    def carry_out(page, name):
        record = answers.record_of(page, name)
        before = (record.base, record.words) if record and record.has_words else None
        answer(page, name)
        record = answers.record_of(page, name)
        assert before is None or (record.base, record.words) == before

    return carry_out


def _bring_earlier_back(page, name):
    record = answers.record_of(page, name)
    if record is None or not record.earlier_words:
        raise AnswerError("There are none.")
    answers.bring_back_own(page, name, words=mark_of(record.earlier_words[0]))


#: What a clinic can say about one section of its page, with nothing to write.
ANSWERS = {
    "make ours": lambda page, name: answers.make_own(page, name, reason="We do it so."),
    "make heading ours": lambda page, name: answers.make_heading_own(page, name, reason="We call it so."),
    "hide": _on_the_same_base(answers.hide),
    "return": _on_the_same_base(answers.return_to_library),
    "bring back": _on_the_same_base(answers.bring_back_own),
    "bring earlier back": _bring_earlier_back,
    "keep mine": answers.keep_own,
    "keep retired": answers.keep_retired,
    "note the lock": _on_the_same_base(answers.note_lock),
    "drop retired": _on_the_same_base(answers.drop_retired),
    "move up": lambda page, name: additions.move_addition(page, name, -1),
    "move down": lambda page, name: additions.move_addition(page, name, 2),
    "approve": lambda page, name: held_pages.accept_waiting(page, [name]),
}
PAGE_ANSWERS = {
    "hold": held_pages.hold,
    "follow live": held_pages.follow_live,
    "approve all": held_pages.accept_waiting,
    "leave the library": independence.leave,
}


class World:
    """A library of two pages and two clinics that follow both; the first clinic has begun to answer."""

    def __init__(self, library, clinics):
        self.folders = [LibraryFolderPageFactory(parent=library, title=name) for name in ("One", "Two")]
        needling = library_treatment(self.folders[0], OVERVIEW, AFTERCARE, COST, RISKS)
        cupping = library_treatment(self.folders[0], COST, title="Cupping")
        self.library_pages = [needling, cupping]
        self.followers = [[follower_of(page, clinic) for page in self.library_pages] for clinic in clinics]
        self.manager = UserFactory(is_superuser=True)
        self.editors = [UserFactory(groups=[clinic.groups.owner]) for clinic in clinics]
        change_draft(self.followers[0][0].pk, self.editors[0], _begin, message="Began.", publish=True)


def _begin(page):
    _write_own(page, AFTERCARE["id"], "Begun 1", [paragraph("Begun 1")])
    additions.add_after(page, OVERVIEW["id"], kind="other", heading="Begun 2", body=[paragraph("Begun 2")])
    held_pages.hold(page)


class LibraryAndClinics(RuleBasedStateMachine):
    """The steps; what must hold after each is at the end."""

    def __init__(self, world):
        super().__init__()
        cache.clear()
        self.world = world
        self.count = 0
        self.written = {page.pk: set() for pages in world.followers for page in pages}
        self.written[world.followers[0][0].pk] = {*_as_stored("Begun 1"), *_as_stored("Begun 2")}
        self.atom = transaction.atomic()
        self.atom.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    # What the library does.

    @rule(which=whose, at=picks, to=picks, what=st.sampled_from(sorted(EDITS)), publish=often)
    def the_library_edits(self, which, at, to, what, publish):
        page = fresh(self.world.library_pages[which]).get_latest_revision_as_object()
        raw = [dict(child) for child in page.sections.raw_data]
        ids = {child["id"] for child in raw}
        EDITS[what](raw, at, to, self._words("Library"))
        page.sections = raw
        with self._library_acts():
            revision = page.save_revision()
            if publish:
                revision.publish()
        assert ids <= {child["id"] for child in page.sections.raw_data}

    @rule(which=whose, at=picks)
    def the_library_drops_a_section(self, which, at):
        page = fresh(self.world.library_pages[which])
        raw = list(page.sections.raw_data)
        if not raw:
            return
        dropped = sections_from_raw(raw)[at % len(raw)]
        readers = [one for one in self._followers_of(which) if not one.is_held and page.live]
        before = [_shown(one) for one in readers]
        with self._library_acts():
            page.sections = [child for child in raw if child["id"] != dropped.id]
            page.save_revision().publish()
        if dropped.lock is not Lock.LOCKED:
            assert [_shown(fresh(one)) for one in readers] == before

    @rule(which=whose, at=picks)
    def the_library_restores_an_old_version(self, which, at):
        page = fresh(self.world.library_pages[which])
        revisions = list(page.revisions.order_by("pk"))
        if revisions:
            with self._library_acts():
                revisions[at % len(revisions)].publish()

    @rule(which=whose)
    def the_library_publishes_its_draft(self, which):
        revision = fresh(self.world.library_pages[which]).get_latest_revision()
        if revision:
            with self._library_acts():
                revision.publish()

    @rule(which=whose)
    def the_library_unpublishes_a_page(self, which):
        with self._library_acts(), self._patients_read_on(which):
            fresh(self.world.library_pages[which]).unpublish()

    @rule(which=whose)
    def the_library_retires_a_page(self, which):
        page = fresh(self.world.library_pages[which])
        if page.live:
            with self._library_acts(), self._patients_read_on(which):
                retire(page.pk, self.world.manager, note="Nobody needs it.")

    @rule(which=whose, at=picks, to=picks, what=st.sampled_from(sorted(EDITS)), drops=sides)
    def the_library_drafts_on_a_page_that_is_not_live(self, which, at, to, what, drops):
        """The editor writes such a draft into the page's own row; patients read on what was retired."""
        page = fresh(self.world.library_pages[which])
        if page.live:
            return
        raw = [dict(child) for child in page.sections.raw_data]
        EDITS[what](raw, at, to, self._words("Library"))
        page.sections = raw[1:] if drops else raw
        with self._library_acts(), self._patients_read_on(which):
            page.save()
            page.save_revision()

    @rule(which=whose)
    def the_library_releases_again_what_it_retired(self, which):
        page = fresh(self.world.library_pages[which])
        retirement = Release.objects.filter(page_id=page.pk, state=Release.State.RETIRED).first()
        if page.live or retirement is None:
            return
        with self._library_acts(), self._patients_read_on(which):
            publish_version(page, retirement.content, self.world.manager)

    @rule(which=whose, to=whose)
    def the_library_moves_and_renames_a_page(self, which, to):
        page = fresh(self.world.library_pages[which])
        ids = [child["id"] for child in page.sections.raw_data]
        with self._library_acts():
            if page.get_parent().pk != self.world.folders[to].pk:
                page.move(fresh(self.world.folders[to]), pos="last-child")
            page = fresh(page)
            page.title, page.slug = self._words("Title"), f"slug-{self.count}"
            page.save_revision().publish()
        assert [child["id"] for child in fresh(page).sections.raw_data] == ids

    # What a clinic does.

    @rule(who=whose, which=whose, what=st.sampled_from(sorted(ANSWERS)), at=picks, publish=often)
    def a_clinic_answers(self, who, which, what, at, publish):
        self._answer(who, which, at, ANSWERS[what], publish)

    @rule(who=whose, which=whose, what=st.sampled_from(sorted(PAGE_ANSWERS)), publish=often)
    def a_clinic_decides_about_the_page(self, who, which, what, publish):
        self._change(who, which, PAGE_ANSWERS[what], publish)

    @rule(who=whose, which=whose, at=picks, publish=often)
    def a_clinic_writes_its_own(self, who, which, at, publish):
        words = self._words("Ours")
        body = [paragraph(words)]
        self._answer(who, which, at, lambda page, name: _write_own(page, name, words, body), publish, words)

    @rule(who=whose, which=whose, at=picks, writes=sides, gives_up=sides, publish=often)
    def a_clinic_follows_again(self, who, which, at, writes, gives_up, publish):
        """A page that has left the library follows it again, with words written meanwhile or without."""
        words = self._words("Alone") if writes else ""

        def change(page):
            raw = [dict(child) for child in page.sections.raw_data]
            name = raw[at % len(raw)]["id"] if raw else ""
            if writes:
                _write(raw, at, heading=words, body=[paragraph(words)])
                page.sections = raw
            library_page = fresh(self.world.library_pages[which])
            independence.follow(page, library_page, to_library=[name] if gives_up else ())

        self._change(who, which, change, publish, words)

    @rule(who=whose, which=whose, at=picks, publish=often)
    def a_clinic_adds_a_section(self, who, which, at, publish):
        words = self._words("Added")
        self._answer(
            who,
            which,
            at,
            lambda page, name: additions.add_after(
                page, name, kind="other", heading=words, body=[paragraph(words)]
            ),
            publish,
            words,
        )

    @rule(who=whose, which=whose)
    def a_clinic_publishes_its_draft(self, who, which):
        revision = self._follower(who, which).get_latest_revision()
        if revision:
            with self._clinic_acts(who), suppress(ValidationError):
                revision.publish()

    @rule(who=whose, which=whose, at=picks, publish=often)
    def a_clinic_goes_back_to_an_old_version(self, who, which, at, publish):
        revisions = list(self._follower(who, which).revisions.order_by("pk"))
        if not revisions:
            return
        with self._clinic_acts(who):
            revision = revisions[at % len(revisions)].as_object().save_revision()
            if publish:
                revision.publish()

    @rule(who=whose, which=whose)
    def a_clinic_unpublishes_its_page(self, who, which):
        with self._clinic_acts(who):
            self._follower(who, which).unpublish()

    # What must hold after every step.

    @invariant()
    def every_word_a_clinic_ever_wrote_can_be_found_again(self):
        for pages in self.world.followers:
            for page in pages:
                kept = _everything_kept_of(page)
                assert not [words for words in self.written[page.pk] if words not in kept]

    @invariant()
    def every_version_of_every_page_keeps_the_laws(self):
        with rendering_for(None):
            self._each_version_keeps_the_laws()

    def _each_version_keeps_the_laws(self):
        for page in self._all_versions():
            composed = page.compose()
            _composing_again_is_the_same(page, composed)
            _locked_sections_are_the_librarys(page, composed)
            _nothing_waits_where_it_reads_as_the_live_one(page)

    @invariant()
    def the_index_says_what_the_library_pages_say(self):
        for library_page in self.world.library_pages:
            page = fresh(library_page)
            live = [(one.id, fingerprint(one)) for one in sections_from_raw(page.sections.raw_data)]
            rows = LibrarySection.objects.filter(page_id=page.pk, is_retired=False).order_by("position")
            assert list(rows.values_list("section_id", "fingerprint")) == live

    @invariant()
    def the_measure_in_the_database_is_the_one_composing_uses(self):
        for record in SectionOverride.objects.all():
            assert record.base_fingerprint == fingerprint(
                section_from_base(record.section_id, record.compared_with)
            )

    # How the steps are taken.

    def _words(self, what):
        self.count += 1
        return f"{what} {self.count}"

    def _follower(self, who, which):
        return fresh(self.world.followers[who][which])

    def _followers_of(self, which):
        return [fresh(pages[which]) for pages in self.world.followers]

    def _all_versions(self):
        """Every follower as patients have it and as its newest draft has it."""
        live = [fresh(page) for pages in self.world.followers for page in pages]
        return live + [page.get_latest_revision_as_object() for page in live if page.latest_revision_id]

    @contextmanager
    def _library_acts(self):
        """A step of the library changes no clinic's rows and no draft, and overrules no clinic untold."""
        before = _clinics_rows(self.world)
        settled = self._settled()
        yield
        assert _clinics_rows(self.world) == before
        now = self._settled()
        assert not [name for name in now.keys() & settled.keys() if now[name] != settled[name]]

    def _settled(self):
        """{(page, section): what comes of the clinic's answer}, where the clinic is not asked about it."""
        found = {}
        for page in (fresh(one) for pages in self.world.followers for one in pages):
            if not page.is_follower or not page.library_page.live:
                continue
            asked = {question.section_id for question in questions_about(page, Dates([page]))}
            for record in page.override_records:
                if record.action != "return" and record.section_id not in asked:
                    found[page.pk, record.section_id] = _whose_words(page, record)
        return found

    @contextmanager
    def _patients_read_on(self, which):
        """A step that changes nothing any patient reads: neither words, nor order, nor an editor's states."""
        before = [page.compose() for page in self._followers_of(which)]
        yield
        assert [page.compose() for page in self._followers_of(which)] == before

    @contextmanager
    def _clinic_acts(self, who):
        """A step of one clinic changes neither what the other shows nor the library."""
        before = self._as_others_see_it(who)
        yield
        assert self._as_others_see_it(who) == before

    def _as_others_see_it(self, who):
        others = [fresh(page) for page in self.world.followers[1 - who]]
        library = [list(fresh(page).sections.raw_data) for page in self.world.library_pages]
        return [page.compose() for page in others], library

    def _answer(self, who, which, at, answer, publish, words=""):
        """Say something about a section of the newest draft, the first from this place on that it fits."""
        draft = self._follower(who, which).get_latest_revision_as_object()
        names = [one.id for one in draft.compose()]
        turned = names[at % len(names) :] + names[: at % len(names)] if names else []
        fitting = [name for name in turned if _is_answered(draft, answer, name)][:1]
        for name in fitting or turned[:1]:
            self._change(who, which, lambda page, name=name: answer(page, name), publish, words)

    def _change(self, who, which, change, publish, words=""):
        page = self._follower(who, which)
        before = (page.latest_revision_id, _everything_kept_of(page))
        had = self._words_in_draft(page)
        with self._clinic_acts(who):
            try:
                change_draft(page.pk, self.world.editors[who], change, message="A step.", publish=publish)
            except AnswerError:
                page = fresh(page)
                assert (page.latest_revision_id, _everything_kept_of(page)) == before
            else:
                self.written[page.pk] |= _as_stored(words)
                # Whoever writes means to replace what stood there; no other answer takes a word away.
                assert words or had <= self._words_in_draft(page)

    def _words_in_draft(self, page):
        """What the clinic wrote and its newest draft still has, wherever it keeps it."""
        draft = fresh(page).get_latest_revision_as_object()
        records = draft.clinicsite_section_overrides.all()
        own = [[(one["heading"], one["body"]) for one in (r.words, *r.earlier_words)] for r in records]
        kept = json.dumps([list(draft.sections.raw_data), own])
        return {words for words in self.written[page.pk] if words in kept}


def _is_answered(draft, answer, name):
    """Whether an answer fits a section, tried on a copy that nobody saves."""
    try:
        answer(type(draft).from_json(draft.to_json()), name)
    except AnswerError:
        return False
    return True


def _as_stored(words):
    """What to look for where these words were written as a heading and as a body."""
    return {f'"{words}"', f'"<p>{words}</p>"'} if words else set()


def _write_own(page, name, words, body):
    answers.make_own(page, name, reason="We do it so.")
    answers.merge(page, name, words, body)


def _whose_words(page, record):
    """What comes of a clinic's version of a section, or of its wish to hide it."""
    section = next((one for one in page.compose() if one.id == record.section_id), None)
    if section is None or section.state in (State.LOCKED, State.LIBRARY):
        return "not as the clinic wants it"
    return "as the clinic wants it"


def _composing_again_is_the_same(page, composed):
    ids = [one.id for one in composed]
    assert len(ids) == len(set(ids))
    page.forget_composition()
    assert page.compose() == composed


def _locked_sections_are_the_librarys(page, composed):
    if not page.is_follower:
        return
    shown = {one.id: one for one in composed}
    for one in page.get_live_library_sections():
        if one.lock is Lock.LOCKED:
            read = shown[one.id]
            assert (read.heading, read.body, read.state) == (one.heading, one.body, State.LOCKED)


def _nothing_waits_where_it_reads_as_the_live_one(page):
    if page.is_held and not page.own_section_ids:
        held = [(one.id, fingerprint(one)) for one in page.get_library_sections()]
        live = [(one.id, fingerprint(one)) for one in page.get_live_library_sections()]
        assert (held == live) is not bool(page.get_waiting_changes())


def _shown(page):
    """What patients read, in order: words that stay the same whatever their state."""
    return [(one.id, one.heading, one.body) for one in page.composed]


def _everything_kept_of(page):
    """Every word of a page's rows and of all its versions, as stored."""
    rows = SectionOverride.objects.filter(page_id=page.pk).order_by("pk")
    live = [[row.heading, list(row.body.raw_data)] for row in rows]
    live += [list(fresh(page).sections.raw_data)]
    versions = [
        [
            [
                [child["heading"], json.loads(child["body"])]
                for child in content["clinicsite_section_overrides"]
            ],
            json.loads(content["sections"]),
        ]
        for content in page.revisions.order_by("pk").values_list("content", flat=True)
    ]
    return json.dumps([live, versions])


def _clinics_rows(world):
    """Everything stored of the clinics' pages: live rows, overrides and every version."""
    pages = [fresh(page) for pages in world.followers for page in pages]
    return [
        (page.serializable_data(), list(page.revisions.order_by("pk").values_list("content", flat=True)))
        for page in pages
    ]
