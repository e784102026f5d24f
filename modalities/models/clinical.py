from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from clinicsite.clinics.profile import profile_for
from clinicsite.core.fields import ProseField
from clinicsite.core.models import BasePage
from clinicsite.core.models.call_band import CallBand
from clinicsite.core.own_things import shown_here
from clinicsite.core.rendering import current_rendering
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.modalities.leaflets import LeafletMixin
from clinicsite.modalities.models.references import Reference


class ClinicalIndexPage(CallBand, BasePage):
    """A list of clinical pages of one kind."""

    is_structural = True
    lists_children = True

    introduction = ProseField(blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), CallBand.call_panel]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True


class ClinicalPage(LeafletMixin, SharedPage):
    """What treatment and condition pages share: other names, a reviewer, citations, a leaflet."""

    held_texts = ("summary", "alternate_names")
    library_relations = ("hero_image", "reviewed_by")

    # Null means "as the library has it", an empty string means "none".
    alternate_names = ProseField(
        "also known as",
        null=True,
        blank=True,
        help_text="Other words patients use, with commas between.",
    )
    reviewed_by = models.ForeignKey(
        "clinicsite_locations.PractitionerPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *SharedPage.content_panels[:1],
        FieldPanel("alternate_names"),
        *SharedPage.content_panels[1:],
    ]
    review_panel = MultiFieldPanel(
        [
            PageChooserPanel("reviewed_by", "clinicsite_locations.PractitionerPage"),
            FieldPanel("reviewed_on"),
            FieldPanel("next_review_on"),
        ],
        heading="Clinical review",
    )

    class Meta:
        abstract = True

    @property
    def composed_alternate_names(self):
        """Other names for this, the clinic's or the library's, as a list."""
        names = self.inherited("alternate_names") or ""
        return [name.strip() for name in names.split(",") if name.strip()]

    def get_search_texts(self):
        return [*super().get_search_texts(), *self.get_facts(), ", ".join(self.composed_alternate_names)]

    def get_facts(self) -> list[str]:
        """What the page shows besides its summary and sections; a page type adds its own."""
        return []

    @property
    def composed_reviewer(self):
        """Who checked the page: its own reviewer, or the library's."""
        return shown_here(self.inherited("reviewed_by"))

    def add_what_it_cites(self, context):
        """Add to a page's context what cites references besides its sections, before they are listed."""

    def get_places(self, treatments):
        """The places of the clinic being read that offer one of these treatments; costs no query."""
        clinic = profile_for(current_rendering().site)
        return clinic.parts["places"].offering(treatments) if clinic else ()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        self.add_what_it_cites(context)
        context["references"] = Reference.objects.numbered(current_rendering())
        return context
