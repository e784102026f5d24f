"""The page that can follow the library: its fields, what its editor shows, and which pages are refused."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from clinicsite.core import wagtail_private
from clinicsite.core.fields import ContentField, PictureField, ProseField
from clinicsite.core.models.call_band import CallBand
from clinicsite.core.models.pages import BasePage, page_models
from clinicsite.core.typed_fields import TypedDateField
from clinicsite.core.typed_times import Lean
from clinicsite.library.blocks import SectionsBlock
from clinicsite.library.forms import NOT_INSIDE_THE_LIBRARY, SharedPageForm
from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.one_live_follower import why_not_publish
from clinicsite.library.panels import ComposedPagePanel, LibraryPagePanel
from clinicsite.library.querysets import SharedPageManager
from clinicsite.library.shared_pages.composing import ComposingMixin
from clinicsite.library.shared_pages.saving import SavingMixin
from clinicsite.library.tokens.names import TOKEN_HELP, validate_tokens


class OnClinicsSites(models.TextChoices):
    """What search engines are told of the pages that follow a library page: one text on many sites."""

    SELF = "self", "Each clinic’s page may be found, and names itself as the original"
    NOINDEX = "noindex", "Keep the clinics’ pages out of search engines"


class SharedPage(CallBand, SavingMixin, ComposingMixin, BasePage):
    """A page that can follow the library: its sections are the library's, its own, or both.

    On a library page or a stand-alone page `sections` is the content. On a follower it holds only the
    additions; the library's sections are read through, with the clinic's overrides on top. A simple field
    that is null is the library's value; an empty string is the clinic's choice and stays empty.
    """

    base_form_class = SharedPageForm
    picture_shapes = {"hero_image": ("hero", "card", "thumb")}
    sitemap_picture = "hero_image"
    #: Relations of rows that a follower reads of the library where it has none of its own; each row has an
    #: `inheritance_key`.
    inherited_children: tuple[str, ...] = ()
    #: The texts that a follower inherits, and holds with the sections.
    held_texts: tuple[str, ...] = ("summary",)
    #: The keys to other things of a library page that its followers show, fetched together with it.
    library_relations: tuple[str, ...] = ("hero_image",)
    #: Under which heading a clinic's llms.txt lists pages of this type: "" for none, None for their name.
    llms_heading: str | None = None
    reveals_health = True
    #: Whether its words stand within other pages of the library, and no clinic follows it: `included.py`.
    is_included = False
    change_sources = ("last_published_at", "library_page__last_published_at")

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
    held_details = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="The library's texts beside its sections as this clinic has accepted them, by field.",
    )
    held_picture = PictureField(
        editable=False, help_text="The library's picture as this clinic has accepted it."
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
    summary = ProseField(
        null=True,
        blank=True,
        help_text="One sentence under the title. Empty on a page that follows the library: the library's.",
    )
    hero_image = PictureField(
        verbose_name="picture",
        help_text="On top and on cards. Empty on a page that follows the library: the library's.",
    )
    sections = ContentField(
        SectionsBlock(),
        blank=True,
        help_text="On a page that follows the library: only the sections you add to it.",
    )
    reviewed_on = TypedDateField(
        lean=Lean.BACK,
        has_been=True,
        null=True,
        blank=True,
        help_text="When a clinician last checked the whole page.",
    )
    next_review_on = TypedDateField(null=True, blank=True)
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
        CallBand.call_panel,
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
        """Refuse to go live beside another follower; a schedule is judged when its time has come."""
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
    def sharing_description(self):
        """What the clinic, or else the library, wrote for search engines; or the line below the title."""
        inherits = self.is_follower and not self.search_description
        return (self.library_source.search_description if inherits else "") or super().sharing_description

    @property
    def search_rule(self):
        if self.is_hidden_from_search_engines or not self.is_follower:
            return super().search_rule
        is_out = self.library_source.search_on_clinics == OnClinicsSites.NOINDEX
        return "noindex, follow" if is_out else ""

    @property
    def is_in_library(self):
        """Whether this page lies in the library's tree; asks the database once, so for editing only."""
        asked_of, answer = self.__dict__.get("_place_in_library", (None, False))
        if self.path and asked_of != self.path:
            # A page that is being published has its parent at hand.
            parent = wagtail_private.parent_kept(self)
            is_below = parent is not None and self.path[: -self.steplen] == parent.path
            answer = (is_below and parent.specific_class is LibraryFolderPage) or (
                LibraryFolderPage.objects.ancestor_of(self).exists()
            )
            self.__dict__["_place_in_library"] = (self.path, answer)
        return answer

    @property
    def is_released_elsewhere(self):
        """A library page is released, with a note for the clinics; any other is published."""
        return self.is_in_library

    @property
    def is_library_page(self):
        """Whether this is a page of the library that clinics can follow."""
        return not self.is_follower and self.is_in_library


def shared_page_models() -> list[type[SharedPage]]:
    """Every concrete page type that can follow the library: ours first, then those of the project around."""
    return [model for model in library_page_models() if not model.is_included]


def library_page_models() -> list[type[SharedPage]]:
    """Every concrete page type that the library releases: what clinics follow, and warning signs."""
    return [model for model in page_models() if issubclass(model, SharedPage)]
