from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from clinicsite.core.blocks import SectionBlock
from clinicsite.core.fields import ContentField, ProseField
from clinicsite.core.models import BasePage
from clinicsite.core.models.call_band import CallBand
from clinicsite.core.page_types import CLINIC_PAGES
from clinicsite.core.rendering import current_rendering, strings_in
from clinicsite.home.pages.hero import HeroImageMixin
from clinicsite.modalities.models import Reference


@CLINIC_PAGES.register
class StandardPage(CallBand, HeroImageMixin, BasePage):
    """Anything a clinic wants to say that is not a treatment, a place, a person or a post."""

    template = "clinicsite/home/standard_page.html"
    parent_page_types = ["clinicsite_home.HomePage", "clinicsite_home.StandardPage"]
    subpage_types = ["clinicsite_home.StandardPage"]
    sitemap_picture = "hero_image"
    page_description = "A page of text and pictures, such as About us or Fees."

    summary = ProseField(blank=True, help_text="One sentence under the title.")
    sections = ContentField([("section", SectionBlock())], blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("hero_image"),
        FieldPanel("sections"),
        CallBand.call_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.SearchField("sections")]

    class Meta:
        verbose_name = "page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        rendering = current_rendering()
        rendering.prepare(strings_in(list(self.sections.raw_data)))
        context["sections"] = self.sections
        context["references"] = Reference.objects.numbered(rendering)
        return context
