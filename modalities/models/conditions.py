from wagtail.admin.panels import FieldPanel

from clinicsite.core.page_types import CLINIC_PAGES, FRONT_PAGES
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from clinicsite.library.models.folders import LIBRARY_PAGES
from clinicsite.modalities.body_map import body_map_of
from clinicsite.modalities.evidence import evidence_for
from clinicsite.modalities.models.clinical import ClinicalIndexPage, ClinicalPage
from clinicsite.modalities.models.evidence import EvidenceStatement
from clinicsite.modalities.querysets import ConditionManager
from clinicsite.modalities.regions import FORMER, RegionsField, region_words, regions_in


@CLINIC_PAGES.register
class ConditionIndexPage(ClinicalIndexPage):
    """The conditions a clinic helps with."""

    template = "clinicsite/modalities/condition_index_page.html"
    parent_page_types = FRONT_PAGES
    subpage_types = ["clinicsite_modalities.ConditionPage"]
    max_count_per_parent = 1
    page_description = "Lists the conditions the clinic helps with. One for each clinic."

    class Meta:
        verbose_name = "conditions page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        conditions = listed(ConditionPage.objects.child_of(self), self)
        body_map = body_map_of(conditions.with_library().order_by("title"))
        context["body_map"] = body_map
        context["conditions"] = body_map.conditions
        return context


@LIBRARY_PAGES.register
class ConditionPage(ClinicalPage):
    """What a patient has: what it is, what helps, when to get help at once."""

    template = "clinicsite/modalities/condition_page.html"
    parent_page_types = ["clinicsite_modalities.ConditionIndexPage", "clinicsite_library.LibraryFolderPage"]
    subpage_types = []
    page_description = "One condition. It can follow the library or stand on its own."
    picture_shapes = {"hero_image": ("hero", "card", "thumb")}

    body_regions = RegionsField(help_text="Where it is felt: tick all.")

    objects = ConditionManager()

    content_panels = [*ClinicalPage.content_panels, FieldPanel("body_regions")]
    details_panels = [ClinicalPage.library_panel, ClinicalPage.review_panel]

    class Meta:
        verbose_name = "condition"

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        # A revision from before a condition could have several regions names its one.
        if "body_region" in data and "body_regions" not in data:
            former = data["body_region"]
            data = {**data, "body_regions": FORMER.get(former, former)}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    @property
    def composed_body_regions(self):
        """Where it is felt, from top to bottom: the clinic's choice, or the library's."""
        return regions_in(self.inherited("body_regions"))

    @property
    def composed_body_region(self):
        """Where it is felt, in words: the clinic's choice, or the library's."""
        return region_words(self.inherited("body_regions"))

    def get_facts(self):
        regions = self.composed_body_region
        return [*super().get_facts(), f"Where it is felt: {regions}"] if regions else super().get_facts()

    def get_treatments(self):
        """The treatments of the same clinic that are used for this condition."""
        # The field stands on the treatments, whose module imports this one.
        model = self._meta.get_field("modalities").related_model
        treatments = listed(model.objects, self).with_library()
        ids = [pk for pk in (self.pk, self.library_page_id) if pk]
        site = current_rendering().site
        found = treatments.treating(ids)
        return found.of_site(site).order_by("title") if site else found.none()

    def add_what_it_cites(self, context):
        context["treatments"] = self.get_treatments()
        # A sheet of paper holds the sections only.
        if "leaflet" not in context:
            context["evidence"] = evidence_for(self, context["treatments"], EvidenceStatement.objects)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["places"] = self.get_places(context["treatments"])
        return context
