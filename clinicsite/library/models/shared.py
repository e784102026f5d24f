import json

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Revision
from wagtail.search import index

from clinicsite.clinics.profile import profile_for
from clinicsite.core.fields import ContentField
from clinicsite.core.models import BasePage, CustomImage
from clinicsite.core.rendering import current_rendering, strings_in
from clinicsite.library import review
from clinicsite.library.blocks import SectionsBlock
from clinicsite.library.composition import Lock, compose
from clinicsite.library.forms import NOT_INSIDE_THE_LIBRARY, SharedPageForm
from clinicsite.library.panels import ComposedPagePanel
from clinicsite.library.querysets import SharedPageManager
from clinicsite.library.sections import additions_from_raw, raw_from_composed, sections_from_raw
from clinicsite.library.tokens import fill, fill_raw, validate_tokens


class SharedPage(BasePage):
    """A page that can follow the library: its sections are the library's, its own, or both.

    On a library page or a stand-alone page `sections` is the content. On a follower it holds only the
    additions; the library's sections are read through, with the clinic's overrides on top. A simple field
    that is null is the library's value; an empty string is the clinic's choice and stays empty.
    """

    base_form_class = SharedPageForm

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
    held_revision = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The library's version this clinic has accepted; empty follows the live one.",
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

    objects = SharedPageManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("hero_image"),
        ComposedPagePanel(heading="What patients read"),
        FieldPanel("sections"),
    ]
    library_panel = MultiFieldPanel([PageChooserPanel("library_page")], heading="Library")
    review_panel = MultiFieldPanel(
        [FieldPanel("reviewed_on"), FieldPanel("next_review_on")], heading="Review"
    )
    details_panels = [library_panel, review_panel]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("composed_text"),
        index.FilterField("library_page_id"),
    ]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.library_page_id:
            self._clean_library_page()
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

    def _follows_it_already(self):
        """Whether the stored page follows the same library page: it may go on when that is unpublished."""
        return type(self).objects.filter(pk=self.pk, library_page=self.library_page_id).exists()

    @property
    def is_follower(self):
        """Whether this page reads the library through."""
        return self.library_page_id is not None

    @property
    def is_in_library(self):
        """Whether this page lies in the library's tree; asks the database, so for editing only."""
        from clinicsite.library.models import LibraryFolderPage

        ancestors = LibraryFolderPage.objects.ancestor_of(self) if self.path else None
        return ancestors is not None and ancestors.exists()

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
        return getattr(self.library_page, name) if own is None and self.is_follower else own

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
        return compose(self.get_library_sections(), overrides, additions_from_raw(own))

    @cached_property
    def override_records(self):
        """The clinic's overrides, read once a view."""
        return list(self.section_overrides.all())

    def get_library_sections(self):
        """The library's sections this page reads: live, or as accepted, but locked ones always live."""
        live = sections_from_raw(self.library_page.sections.raw_data)
        if self.held_revision_id is None:
            return live
        locked = {section.id: section for section in live if section.lock is Lock.LOCKED}
        held = sections_from_raw(json.loads(self.held_revision.content["sections"]))
        kept = [locked.pop(section.id, section) for section in held]
        return kept + list(locked.values())

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
        """The words of the composed page, for the search index."""
        block = self._meta.get_field("sections").stream_block
        return " ".join(block.get_searchable_content(self.composed_stream))

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
