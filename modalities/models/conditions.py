from django.apps import apps
from django.db import models
from wagtail.admin.panels import FieldPanel

from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from modalities.models.clinical import ClinicalIndexPage, ClinicalPage


class ConditionIndexPage(ClinicalIndexPage):
    """The conditions a clinic helps with."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["modalities.ConditionPage"]
    max_count_per_parent = 1
    page_description = "Lists the conditions the clinic helps with. One for each clinic."

    class Meta:
        verbose_name = "conditions page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        conditions = listed(ConditionPage.objects.child_of(self), self)
        context["conditions"] = conditions.with_library().order_by("title")
        return context


class BodyRegion(models.TextChoices):
    """Where in the body a condition is felt."""

    HEAD = "head", "Head"
    NECK = "neck", "Neck"
    SHOULDER = "shoulder", "Shoulder"
    BACK = "back", "Back"
    ELBOW = "elbow", "Elbow"
    WRIST_HAND = "wrist-hand", "Wrist and hand"
    HIP = "hip", "Hip"
    KNEE = "knee", "Knee"
    FOOT_ANKLE = "foot-ankle", "Foot and ankle"
    WHOLE_BODY = "whole-body", "Anywhere"


class ConditionPage(ClinicalPage):
    """What a patient has: what it is, what helps, when to get help at once."""

    parent_page_types = ["modalities.ConditionIndexPage", "library.LibraryFolderPage"]
    subpage_types = []
    page_description = "One condition. It can follow the library or stand on its own."

    # Null means "as the library has it".
    body_region = models.CharField(  # noqa: DJ001
        max_length=20, choices=BodyRegion.choices, null=True, blank=True, help_text="Where it is felt."
    )

    content_panels = [*ClinicalPage.content_panels, FieldPanel("body_region")]
    details_panels = [ClinicalPage.library_panel, ClinicalPage.review_panel]

    class Meta:
        verbose_name = "condition"

    @property
    def composed_body_region(self):
        """Where it is felt, in words: the clinic's choice, or the library's."""
        region = self._inherited("body_region")
        return BodyRegion(region).label if region else ""

    def get_treatments(self):
        """The treatments of the same clinic that are used for this condition."""
        treatments = listed(apps.get_model("modalities.ModalityPage").objects, self).with_library()
        ids = [pk for pk in (self.pk, self.library_page_id) if pk]
        site = current_rendering().site
        found = treatments.treating(ids)
        return found.of_site(site).order_by("title") if site else found.none()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["treatments"] = self.get_treatments()
        return context
