from django import forms
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from clinicsite.core.fields import TickedPagesField
from clinicsite.core.page_types import CLINIC_PAGES, FRONT_PAGES
from clinicsite.core.querysets import listed
from clinicsite.core.relations import pages_shown
from clinicsite.core.rendering import current_rendering
from clinicsite.library.models.folders import LIBRARY_PAGES
from clinicsite.library.querysets import ids_read
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.modalities.evidence import evidence_of
from clinicsite.modalities.models.clinical import ClinicalIndexPage, ClinicalPage
from clinicsite.modalities.models.conditions import ConditionPage
from clinicsite.modalities.models.evidence import EvidenceStatement
from clinicsite.modalities.querysets import ModalityManager


@CLINIC_PAGES.register
class ModalityIndexPage(ClinicalIndexPage):
    """The treatments a clinic offers."""

    template = "clinicsite/modalities/modality_index_page.html"
    parent_page_types = FRONT_PAGES
    subpage_types = ["clinicsite_modalities.ModalityPage"]
    max_count_per_parent = 1
    page_description = "Lists the clinic's treatments. One for each clinic."

    class Meta:
        verbose_name = "treatments page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["treatments"] = listed(ModalityPage.objects.child_of(self), self).with_library()
        return context


@LIBRARY_PAGES.register
class ModalityPage(ClinicalPage):
    """A treatment: what it is, what to expect, what it may do, its risks and the evidence."""

    template = "clinicsite/modalities/modality_page.html"
    parent_page_types = ["clinicsite_modalities.ModalityIndexPage", "clinicsite_library.LibraryFolderPage"]
    subpage_types = []
    page_description = "One treatment. It can follow the library or stand on its own."
    picture_shapes = {"hero_image": ("hero", "card", "thumb")}
    inherited_children = ("evidence_statements",)

    conditions = TickedPagesField(
        ConditionPage,
        blank=True,
        related_name="modalities",
        help_text="What it is used for. On a page that follows the library, none ticked means the library's.",
    )

    objects = ModalityManager()

    details_panels = [
        SharedPage.library_panel,
        MultiFieldPanel(
            [FieldPanel("conditions", widget=forms.CheckboxSelectMultiple)],
            heading="Used for these conditions",
        ),
        InlinePanel(
            "evidence_statements",
            heading="What the evidence says",
            label="Statement",
            help_text="Shown on the page of the condition. On a page that follows the library, the library’s "
            "statements are shown for every condition you say nothing about.",
        ),
        ClinicalPage.review_panel,
    ]

    class Meta:
        verbose_name = "treatment"

    def get_conditions(self):
        """The conditions of this treatment, as pages of the same clinic; its own list, or the library's."""
        ids = ids_read(self, "conditions")
        site = current_rendering().site
        if site is None:
            return ConditionPage.objects.filter(pk__in=ids)
        return (
            listed(ConditionPage.objects, self)
            .with_library()
            .standing_for(ids)
            .of_site(site)
            .order_by("title")
        )

    def get_people(self):
        """The people of the same clinic who give this treatment."""
        return pages_shown(self.practitioners).for_cards() if self.pk else []

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["conditions"] = self.get_conditions()
        # A sheet of paper holds the sections only.
        if "leaflet" not in context:
            context["evidence"] = evidence_of(self, context["conditions"], EvidenceStatement.objects)
        context["people"] = self.get_people()
        context["places"] = self.get_places([self])
        return context
