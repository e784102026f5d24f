"""What a page that follows the library shows: begin here.

In reading order, and nothing else is needed to know what patients read of a section:

1. this module: which sections a page reads of the library, what the clinic puts in their place, and what
   comes of the two (`compose`, `composed`, `composed_stream`);
2. `versions/read_by_clinic.py`: which version of the library page the clinic reads;
3. `sections.py`: from the stored JSON of the two pages to plain values;
4. `holding.py`: what a page reads that holds a version its clinic has accepted;
5. `composition.py`: how library, overrides and additions become one page.

Tokens are filled last, see `tokens/filling.py`.
"""

from django.utils.functional import cached_property

from clinicsite.clinics.profile import profile_for
from clinicsite.core import wagtail_private
from clinicsite.core.rendering import current_rendering, strings_in
from clinicsite.library import review
from clinicsite.library.asked_twice import without_asked_twice
from clinicsite.library.composition import Action, Lock, compose
from clinicsite.library.details import DetailsMixin
from clinicsite.library.equality import same_words
from clinicsite.library.holding import LibraryChange, held_sections, waiting_changes, with_locks
from clinicsite.library.included import with_included
from clinicsite.library.notices import notice_about
from clinicsite.library.plain_text import texts_in
from clinicsite.library.search_index import rendering_of
from clinicsite.library.sections import (
    additions_from_raw,
    raw_from_composed,
    retired_from_raw,
    sections_from_raw,
)
from clinicsite.library.stored import dict_or_empty
from clinicsite.library.tokens.filling import fill, fill_raw
from clinicsite.library.versions.read_by_clinic import library_page_as_read_by
from clinicsite.signals import page_composed


class ReadingMixin(DetailsMixin):
    """What a follower reads of its library page: the live sections, or those its clinic has accepted."""

    class Meta:
        abstract = True

    @property
    def library_source(self):
        """The library page with the words this clinic reads of it: live, or those of a release it pilots."""
        return library_page_as_read_by(self)

    @property
    def is_held(self):
        """Whether this page shows what the clinic has accepted rather than what the library says now."""
        return self.is_follower and isinstance(self.held_sections, list)

    @property
    def own_section_ids(self):
        """The ids of the library sections that this clinic has its own version of, or hides."""
        return {record.section_id for record in self.override_records if record.action != Action.RETURN}

    def get_live_library_sections(self):
        """The library's sections as they are now."""
        return sections_from_raw(self.library_source.sections.raw_data)

    def get_library_sections(self):
        """The library's sections this page reads: live, or as accepted, but locked ones always live."""
        live = self.get_live_library_sections()
        if not self.is_held:
            return live
        return held_sections(self.get_accepted_sections(), live, self.own_section_ids)

    def get_retired_sections(self):
        """What the library has dropped since; a held page goes on reading what it has accepted."""
        base = dict_or_empty(self.library_base)
        retired = retired_from_raw(
            self.library_source.retired_sections, base.get("since"), dict_or_empty(base.get("left_out"))
        )
        return [one for one in retired if not self.is_held or one.section.lock is Lock.LOCKED]

    def retired_trail(self, section_id):
        """What stood before a section on the library page when the library retired it."""
        retired = self.get_retired_sections()
        return next((list(one.trail) for one in retired if one.section.id == section_id), [])

    def get_offered_sections(self):
        """What a clinic without own versions shows: the live sections, and unanswered retired ones."""
        offered = compose(self.get_live_library_sections(), {}, (), self.get_retired_sections())
        return [section.library for section in offered]

    def get_accepted_sections(self):
        """The library's sections as the clinic has accepted them, on a held page."""
        dropped = retired_from_raw(self.library_source.retired_sections)
        return with_locks(sections_from_raw(self.held_sections), [one.section for one in dropped])

    def get_waiting_changes(self):
        """What the library has changed since the clinic accepted it; nothing on a page that follows live."""
        if not self.is_held:
            return []
        waiting = waiting_changes(
            self.get_accepted_sections(), self.get_live_library_sections(), self.own_section_ids, same_words
        )
        return [
            one for one in waiting if one.change is not LibraryChange.DROPPED or not self._has_answered(one)
        ]

    def get_notices(self):
        """[(override, the library's section or None, notice)] of what the clinic has to be told about."""
        library = {section.id: section for section in self.get_library_sections()}
        here = {section.id for section in self.compose()}
        found = []
        for record in self.override_records:
            override, section = record.as_value(), library.get(record.section_id)
            notice = notice_about(override, section, is_on_page=record.section_id in here)
            found += [(override, section, notice)] if notice else []
        return found

    def _has_answered(self, waiting):
        """Whether the clinic hides, or has chosen to keep, a section that the library has dropped."""
        records = (record for record in self.override_records if record.section_id == waiting.section_id)
        return any(record.action == Action.HIDE or record.is_kept for record in records)


class ComposingMixin(ReadingMixin):
    """What patients read: the library's sections with the clinic's overrides and additions."""

    class Meta:
        abstract = True

    def compose(self):
        """Every section of the page with its state, hidden ones included, as the editor sees it."""
        own = list(self.sections.raw_data)
        if not self.is_follower:
            return compose(sections_from_raw(own), {})
        overrides = {record.section_id: record.as_value() for record in self.override_records}
        library, retired = self.get_library_sections(), self.get_retired_sections()
        return compose(library, overrides, additions_from_raw(own), retired, same_words)

    @cached_property
    def override_records(self):
        """The clinic's overrides, read once a view."""
        return list(self.clinicsite_section_overrides.all())

    def forget_composition(self):
        """Compose afresh after a change to the overrides of this object in memory."""
        for name in ("override_records", "composed", "composed_stream", "search_text"):
            self.__dict__.pop(name, None)

    @cached_property
    def composed(self):
        """The sections patients read, in order."""
        return without_asked_twice(section for section in self.compose() if section.is_shown)

    @cached_property
    def composed_stream(self):
        """The composed page as one stream value, tokens filled: one query a block type, at any length."""
        block = self._meta.get_field("sections").stream_block
        raw = fill_raw(block, with_included(raw_from_composed(self.composed)), self.token_values)
        return wagtail_private.stream_of(block, raw)

    @property
    def composed_text(self):
        """The words of the composed page, heading and text on lines of their own; asks for no picture."""
        block = self._meta.get_field("sections").stream_block
        return "\n".join(texts_in(block, list(self.composed_stream.raw_data)))

    @property
    def token_values(self):
        """What this clinic puts in place of tokens."""
        profile = profile_for(current_rendering().site)
        return profile.token_values if profile else {}

    @property
    def composed_summary(self):
        """The sentence under the title: the clinic's, or the library's, with tokens filled."""
        return fill(self.inherited("summary") or "", self.token_values)

    @property
    def composed_hero_image(self):
        """The picture at the top: the clinic's, or the library's."""
        return self.inherited("hero_image")

    @property
    def sharing_image(self):
        """The picture that stands for the page where its link is shared."""
        return self.composed_hero_image

    @property
    def composed_next_review_on(self):
        """When the page is to be checked next: the clinic's date, or the library's."""
        return self.inherited("next_review_on")

    @cached_property
    def search_text(self):
        """Whatever patients of the page's own clinic can find it by, besides its title."""
        with rendering_of(self):
            return "\n".join(self.get_search_texts())

    def get_search_texts(self):
        """The parts of `search_text`; a page type adds its own."""
        return [self.composed_summary, self.composed_text]

    @property
    def review_claim(self):
        """The date all clinical sections on this page were last checked, or None where one was not."""
        return review.claim_for(self)

    def load_library_page(self):
        """Fetch the library page with its picture and the like in one query, before they are asked for."""
        if self.is_follower and not type(self)._meta.get_field("library_page").is_cached(self):
            pages = type(self).objects.select_related(*self.library_relations)
            self.library_page = pages.get(pk=self.library_page_id)

    def get_context(self, request, *args, **kwargs):
        self.load_library_page()
        context = super().get_context(request, *args, **kwargs)
        stream = self.composed_stream
        current_rendering().prepare(strings_in(list(stream.raw_data)))
        context["sections"] = stream
        self._tell_of(request)
        return context

    def _tell_of(self, request):
        """Tell the project what a reader is shown; an editor's preview is no reader's."""
        if not getattr(request, "is_preview", False):
            site = current_rendering().site
            page_composed.send_robust(type(self), page=self, site=site, sections=tuple(self.composed))
