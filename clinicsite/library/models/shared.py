from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks.stream_block import StreamValue
from wagtail.search import index

from clinicsite.clinics.profile import profile_for
from clinicsite.core.fields import ContentField
from clinicsite.core.models import BasePage, CustomImage
from clinicsite.core.rendering import current_rendering, strings_in
from clinicsite.library import review, shelving
from clinicsite.library.blocks import SectionsBlock
from clinicsite.library.composition import Lock, compose
from clinicsite.library.forms import NOT_INSIDE_THE_LIBRARY, SharedPageForm
from clinicsite.library.holding import Change, held_sections, waiting_changes, with_locks
from clinicsite.library.indexing import rendering_of
from clinicsite.library.meaning import same_words
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.search_engines import OnClinicsSites
from clinicsite.library.panels import ComposedPagePanel
from clinicsite.library.querysets import SharedPageManager
from clinicsite.library.releasing.panels import LibraryPagePanel
from clinicsite.library.releasing.pilots import library_page_as_read_by
from clinicsite.library.sections import (
    additions_from_raw,
    known,
    raw_from_composed,
    retired_from_raw,
    sections_from_raw,
)
from clinicsite.library.single import why_not_publish
from clinicsite.library.tokens import TOKEN_HELP, fill, fill_raw, validate_tokens
from clinicsite.library.words import texts_in


class SharedPage(BasePage):
    """A page that can follow the library: its sections are the library's, its own, or both.

    On a library page or a stand-alone page `sections` is the content. On a follower it holds only the
    additions; the library's sections are read through, with the clinic's overrides on top. A simple field
    that is null is the library's value; an empty string is the clinic's choice and stays empty.
    """

    base_form_class = SharedPageForm
    picture_shapes = {"hero_image": ("hero", "card", "thumb")}
    #: Relations of rows that a follower reads of the library where it has none of its own; each row has an
    #: `inheritance_key`.
    inherited_children: tuple[str, ...] = ()
    reveals_health = True

    # Each concrete type follows pages of its own type; "self" in an abstract model means just that.
    library_page = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followers",
        verbose_name="library page it follows",
        help_text="This page shows the library's text and keeps up with it. Leave empty to write your own.",
    )
    held_sections = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="The library's sections as this clinic has accepted them; null follows the live ones.",
    )
    library_base = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="The library page as this clinic knows it: its title and slug, and since when it follows.",
    )
    retired_sections = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="On a library page: the sections it has dropped, for clinics that have not answered yet.",
    )
    # Null means "as the library has it", an empty string means "none".
    summary = models.CharField(  # noqa: DJ001
        max_length=200,
        null=True,
        blank=True,
        help_text="One sentence under the title. Empty on a page that follows the library: the library's.",
    )
    hero_image = models.ForeignKey(
        CustomImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="picture",
        help_text="On top and on cards. Empty on a page that follows the library: the library's.",
    )
    sections = ContentField(
        SectionsBlock(),
        blank=True,
        help_text="On a page that follows the library: only the sections you add to it.",
    )
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="When a clinician last checked the whole page."
    )
    next_review_on = models.DateField(null=True, blank=True)
    search_on_clinics = models.CharField(
        "in search engines",
        max_length=10,
        choices=OnClinicsSites.choices,
        default=OnClinicsSites.SELF,
        help_text=(
            "For the clinics’ pages that follow this one. A page that stands on its own is always its own "
            "original."
        ),
    )

    objects = SharedPageManager()

    summary_panel = FieldPanel("summary", help_text=f"One sentence under the title. {TOKEN_HELP}")
    clinics_panel = LibraryPagePanel(heading="For the clinics")
    content_panels = [
        *BasePage.content_panels,
        clinics_panel,
        summary_panel,
        FieldPanel("hero_image"),
        ComposedPagePanel(heading="What patients read"),
        FieldPanel("sections"),
    ]
    library_panel = MultiFieldPanel([PageChooserPanel("library_page")], heading="Library")
    review_panel = MultiFieldPanel(
        [FieldPanel("reviewed_on"), FieldPanel("next_review_on")], heading="Review"
    )
    details_panels = [library_panel, review_panel]
    # The form offers it in the library alone; without the field a panel hides itself.
    promote_panels = [
        *BasePage.promote_panels,
        MultiFieldPanel(
            [FieldPanel("search_on_clinics", widget=forms.RadioSelect)], heading="On clinics’ sites"
        ),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("search_text"),
        index.FilterField("library_page_id"),
    ]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if fields is not None and "sections" not in fields:
            return super().save(*args, **kwargs)
        self._note_what_it_follows()
        self._note_its_review()
        if self.is_follower or not self.is_in_library:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            shelving.prepare(self)
            result = super().save(*args, **kwargs)
            shelving.write_index(self)
        return result

    def save_revision(self, *args, **kwargs):
        self._note_what_it_follows()
        self._note_its_review()
        if not self.is_follower and self.is_in_library:
            shelving.give_own_ids(self)
        return super().save_revision(*args, **kwargs)

    def _note_what_it_follows(self):
        """Remember the library page as the clinic first saw it; a version accepted of another is no use."""
        if not self.is_follower or known(self.library_base).get("page") == self.library_page_id:
            return
        library_page = self.library_page
        self.held_sections = None
        self.library_base = {
            "page": library_page.pk,
            "title": library_page.title,
            "slug": library_page.slug,
            "since": timezone.now().isoformat(),
        }

    def _note_its_review(self):
        """Remember which words of its own a follower's review date is about: newer ones are not reviewed."""
        noted = known(self.library_base).get("review")
        is_noted = noted and self.reviewed_on and noted.get("on") == self.reviewed_on.isoformat()
        if not self.is_follower or is_noted or (noted is None and self.reviewed_on is None):
            return
        self.forget_composition()
        self.library_base = {
            **known(self.library_base),
            "review": review.note_of(self) if self.reviewed_on else None,
        }

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        # A revision may name a library page that has been deleted since; modelcluster cannot restore a
        # protected key that leads nowhere.
        if check_fks and data.get("library_page"):
            is_there = cls._default_manager.filter(pk=data["library_page"]).exists()
            data = data if is_there else {**data, "library_page": None}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    def clean(self):
        super().clean()
        # A key of another type of page leads nowhere here; the field itself says so.
        if self.library_page_id and type(self).objects.filter(pk=self.library_page_id).exists():
            self._clean_library_page()
            self._refuse_a_second_live_follower()
        try:
            validate_tokens([self.summary or ""])
        except ValidationError as error:
            raise ValidationError({"summary": error}) from error

    def _clean_library_page(self):
        library_page = self.library_page
        message = ""
        if self.is_in_library:
            message = NOT_INSIDE_THE_LIBRARY
        elif library_page.pk == self.pk or not library_page.is_in_library:
            message = "Choose a page of the library. Pages of a clinic cannot be followed."
        elif not library_page.live and not self._follows_it_already():
            message = f"“{library_page.title}” is not published in the library yet. Choose a published page."
        if message:
            raise ValidationError({"library_page": message})

    def _refuse_a_second_live_follower(self):
        """Refuse to go live beside another follower, but for a schedule: nobody reads what that refuses."""
        if self.live and self.path and not self.go_live_at:
            refusal = why_not_publish(self, self.library_page_id, self)
            if refusal:
                raise ValidationError(refusal)

    def _follows_it_already(self):
        """Whether the stored page follows the same library page: it may go on when that is unpublished."""
        return type(self).objects.filter(pk=self.pk, library_page=self.library_page_id).exists()

    @property
    def is_follower(self):
        """Whether this page reads the library through."""
        return self.library_page_id is not None

    @property
    def library_source(self):
        """The library page with the words this clinic reads of it: live, or those of a release it pilots."""
        return library_page_as_read_by(self)

    @property
    def search_rule(self):
        if self.is_hidden_from_search_engines or not self.is_follower:
            return super().search_rule
        is_out = self.library_source.search_on_clinics == OnClinicsSites.NOINDEX
        return "noindex, follow" if is_out else ""

    @property
    def is_in_library(self):
        """Whether this page lies in the library's tree; asks the database once, so for editing only."""
        from clinicsite.library.models import LibraryFolderPage

        asked_of, answer = self.__dict__.get("_place_in_library", (None, False))
        if self.path and asked_of != self.path:
            # A page that is being published has its parent at hand.
            parent = self.__dict__.get("_cached_parent_obj")
            is_below = parent is not None and self.path[: -self.steplen] == parent.path
            answer = (is_below and parent.specific_class is LibraryFolderPage) or (
                LibraryFolderPage.objects.ancestor_of(self).exists()
            )
            self.__dict__["_place_in_library"] = (self.path, answer)
        return answer

    @property
    def composed_summary(self):
        """The sentence under the title: the clinic's, or the library's, with tokens filled."""
        return fill(self._inherited("summary") or "", self.token_values)

    @property
    def composed_hero_image(self):
        """The picture at the top: the clinic's, or the library's."""
        return self._inherited("hero_image")

    @property
    def sharing_image(self):
        """The picture that stands for the page where its link is shared."""
        return self.composed_hero_image

    def _inherited(self, name):
        own = getattr(self, name)
        return getattr(self.library_source, name) if own is None and self.is_follower else own

    @property
    def composed_next_review_on(self):
        """When the page is to be checked next: the clinic's date, or the library's."""
        return self._inherited("next_review_on")

    @property
    def token_values(self):
        """What this clinic puts in place of tokens."""
        profile = profile_for(current_rendering().site)
        return profile.token_values if profile else {}

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
        return list(self.section_overrides.all())

    def forget_composition(self):
        """Compose afresh after a change to the overrides of this object in memory."""
        for name in ("override_records", "composed", "composed_stream", "search_text"):
            self.__dict__.pop(name, None)

    @property
    def is_held(self):
        """Whether this page shows what the clinic has accepted rather than what the library says now."""
        return self.is_follower and isinstance(self.held_sections, list)

    @property
    def own_section_ids(self):
        """The ids of the library sections that this clinic has its own version of, or hides."""
        returned = SectionOverride.ActionChoice.RETURN
        return {record.section_id for record in self.override_records if record.action != returned}

    def get_live_library_sections(self):
        """The library's sections as they are now."""
        return sections_from_raw(self.library_source.sections.raw_data)

    def get_offered_sections(self):
        """What a clinic without own versions shows: the live sections, and unanswered retired ones."""
        offered = compose(self.get_live_library_sections(), {}, (), self.get_retired_sections())
        return [section.library for section in offered]

    def get_accepted_sections(self):
        """The library's sections as the clinic has accepted them, on a held page."""
        dropped = retired_from_raw(self.library_source.retired_sections)
        return with_locks(sections_from_raw(self.held_sections), [one.section for one in dropped])

    def get_library_sections(self):
        """The library's sections this page reads: live, or as accepted, but locked ones always live."""
        live = self.get_live_library_sections()
        if not self.is_held:
            return live
        return held_sections(self.get_accepted_sections(), live, self.own_section_ids)

    def get_waiting_changes(self):
        """What the library has changed since the clinic accepted it; nothing on a page that follows live."""
        if not self.is_held:
            return []
        waiting = waiting_changes(
            self.get_accepted_sections(), self.get_live_library_sections(), self.own_section_ids, same_words
        )
        return [one for one in waiting if one.change is not Change.DROPPED or not self._has_answered(one)]

    def _has_answered(self, waiting):
        """Whether the clinic hides, or has chosen to keep, a section that the library has dropped."""
        hide = SectionOverride.ActionChoice.HIDE
        records = (record for record in self.override_records if record.section_id == waiting.section_id)
        return any(record.action == hide or record.is_kept for record in records)

    def retired_trail(self, section_id):
        """What stood before a section on the library page when the library retired it."""
        retired = self.get_retired_sections()
        return next((list(one.trail) for one in retired if one.section.id == section_id), [])

    def get_retired_sections(self):
        """What the library has dropped since; a held page goes on reading what it has accepted."""
        base = known(self.library_base)
        retired = retired_from_raw(
            self.library_source.retired_sections, base.get("since"), known(base.get("left_out"))
        )
        return [one for one in retired if not self.is_held or one.section.lock is Lock.LOCKED]

    @cached_property
    def composed(self):
        """The sections patients read, in order."""
        return [section for section in self.compose() if section.is_shown]

    @cached_property
    def composed_stream(self):
        """The composed page as one stream value, tokens filled: one query a block type, at any length."""
        block = self._meta.get_field("sections").stream_block
        raw = fill_raw(block, raw_from_composed(self.composed), self.token_values)
        return StreamValue(block, raw, is_lazy=True)

    @property
    def composed_text(self):
        """The words of the composed page, heading and text on lines of their own; asks for no picture."""
        block = self._meta.get_field("sections").stream_block
        return "\n".join(texts_in(block, list(self.composed_stream.raw_data)))

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
        """Fetch the library page with its picture and reviewer in one query, before they are asked for."""
        if self.is_follower and not type(self)._meta.get_field("library_page").is_cached(self):
            pages = type(self).objects.select_related("hero_image", "reviewed_by")
            self.library_page = pages.get(pk=self.library_page_id)

    def get_context(self, request, *args, **kwargs):
        self.load_library_page()
        context = super().get_context(request, *args, **kwargs)
        stream = self.composed_stream
        current_rendering().prepare(strings_in(list(stream.raw_data)))
        context["sections"] = stream
        return context
