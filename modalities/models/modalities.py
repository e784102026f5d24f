from django import forms
from django.apps import apps
from django.db.models import Exists, Q
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from clinicsite.library.models import SharedPage
from modalities.models.clinical import ClinicalIndexPage, ClinicalPage
from modalities.models.conditions import ConditionPage
from modalities.querysets import ModalityManager


class ModalityIndexPage(ClinicalIndexPage):
    """The treatments a clinic offers."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["modalities.ModalityPage"]
    max_count_per_parent = 1
    page_description = "Lists the clinic's treatments. One for each clinic."

    class Meta:
        verbose_name = "treatments page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["treatments"] = listed(ModalityPage.objects.child_of(self), self).with_library()
        return context


class ModalityPage(ClinicalPage):
    """A treatment: what it is, what to expect, what it may do, its risks and the evidence."""

    parent_page_types = ["modalities.ModalityIndexPage", "library.LibraryFolderPage"]
    subpage_types = []
    page_description = "One treatment. It can follow the library or stand on its own."

    conditions = ParentalManyToManyField(
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
        ClinicalPage.review_panel,
    ]

    class Meta:
        verbose_name = "treatment"

    def get_conditions(self):
        """The conditions of this treatment, as pages of the same clinic; its own list, or the library's."""
        ids = self._get_condition_ids()
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

    def _get_condition_ids(self):
        """The keys of its own conditions, or of the library's where none is ticked; a subquery if stored."""
        if not self.is_follower:
            return self.conditions.values_list("id", flat=True)
        library_page = self.library_source
        if _is_in_memory(self) or _is_in_memory(library_page):
            source = self if self.conditions.all() else library_page
            return source.conditions.values_list("id", flat=True)
        rows = ModalityPage.conditions.through.objects.filter(modalitypage__in=[self.pk, library_page.pk])
        own = rows.filter(modalitypage=self.pk)
        return rows.filter(Q(modalitypage=self.pk) | ~Exists(own)).values("conditionpage")

    def get_people(self):
        """The people of the same clinic who give this treatment."""
        practitioners = apps.get_model("locations.PractitionerPage").objects
        people = listed(practitioners, self).offering(self).for_cards()
        site = current_rendering().site
        return people.descendant_of(site.root_page) if site else people

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["conditions"] = self.get_conditions()
        context["people"] = self.get_people()
        return context


def _is_in_memory(page):
    """Whether a page's conditions come from a draft rather than from the database."""
    return "conditions" in getattr(page, "_cluster_related_objects", {})
