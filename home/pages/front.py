from django.core.validators import MaxValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from clinicsite.clinics.models.networks import NETWORK_PAGES
from clinicsite.core.blocks.text import FIELD_FEATURES
from clinicsite.core.fields import ProseField
from clinicsite.core.models import BasePage
from clinicsite.core.models.call_band import CallBand
from clinicsite.core.models.ordered import OrderedRow
from clinicsite.core.page_types import CLINIC_PAGES, FRONT_PAGES
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from clinicsite.home.blog.models import BlogPage
from clinicsite.home.pages.forms import HomePageForm
from clinicsite.home.pages.hero import HeroImageMixin
from clinicsite.locations.models import PractitionerPage
from clinicsite.modalities.body_map import body_map_of
from clinicsite.modalities.models import ConditionPage, ModalityPage

#: More of a kind than this are a page of their own, which the front page links.
MOST_CARDS = 48


def _number(name, default):
    return models.PositiveSmallIntegerField(
        name, default=default, validators=[MaxValueValidator(MOST_CARDS)], help_text="0 for none."
    )


@NETWORK_PAGES.register
@FRONT_PAGES.register
class HomePage(CallBand, HeroImageMixin, BasePage):
    """A clinic's front door: who it is, what it helps with, where, with whom, and how to book."""

    template = "clinicsite/home/home_page.html"
    parent_page_types = ["clinicsite_clinics.NetworkPage"]
    subpage_types = CLINIC_PAGES
    page_description = "A clinic's front page. One for each clinic."
    base_form_class = HomePageForm
    is_front_page = True
    is_structural = True
    keeps_records = True
    sitemap_picture = "hero_image"
    picture_shapes = {"hero_image": ("hero", "front-panorama")}

    hero_heading = models.CharField("heading", max_length=100, help_text="The first words a patient reads.")
    promise = ProseField(help_text="One sentence: what a patient can expect from you.")
    introduction_heading = models.CharField(max_length=120, blank=True)
    introduction = RichTextField(features=FIELD_FEATURES, blank=True)

    treatments_shown = _number("treatments shown", 6)
    people_shown = _number("people shown", 6)
    posts_shown = _number("posts shown", 3)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_heading"), FieldPanel("promise"), FieldPanel("hero_image")],
            heading="Top of the page",
        ),
        MultiFieldPanel(
            [FieldPanel("introduction_heading"), FieldPanel("introduction")], heading="Introduction"
        ),
        CallBand.call_panel,
    ]
    details_label = "Featured"
    details_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel(f"{name}_shown") for name in ("treatments", "people", "posts")])],
            heading="How many",
            help_text="Below each list is a link to all of them.",
        ),
        InlinePanel(
            "featured_treatments",
            heading="Treatments",
            label="Treatment",
            max_num=MOST_CARDS,
            help_text="Those you choose are all shown, in your order. Without any, the first are.",
        ),
        InlinePanel(
            "featured_conditions",
            heading="Conditions",
            label="Condition",
            max_num=MOST_CARDS,
            help_text="Without any, all conditions are shown.",
        ),
    ]
    suggestion_panels = [
        InlinePanel(
            "suggested_results",
            heading="Pages to show first",
            label="Suggestion",
            max_num=30,
            help_text="When patients look for these words on your site, this page comes before all others.",
        )
    ]
    extra_tabs = [(suggestion_panels, "Search of your site")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("hero_heading"),
        index.SearchField("promise"),
        index.SearchField("introduction"),
    ]

    class Meta:
        verbose_name = "home page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        current_rendering().prepare([self.introduction])
        every = self._featured(ModalityPage, "featured_treatments")
        has_chosen = self.featured_treatments.exists()
        context["treatments"] = every if has_chosen else every[: self.treatments_shown]
        context["conditions"] = self._featured(ConditionPage, "featured_conditions")
        context["body_map"] = body_map_of(listed(ConditionPage.objects.descendant_of(self), self).for_map())
        context["people"] = listed(PractitionerPage.objects.descendant_of(self), self).for_cards()[
            : self.people_shown
        ]
        context["posts"] = listed(BlogPage.objects.descendant_of(self), self).for_cards()[: self.posts_shown]
        return context

    def _featured(self, model, relation):
        """The pages chosen for the front page, in their order, or all of the clinic's."""
        pages = listed(model.objects.descendant_of(self), self).with_library()
        chosen = [row.page_id for row in getattr(self, relation).all()]
        if not chosen:
            return list(pages)
        found = pages.in_bulk(chosen)
        return [found[pk] for pk in chosen if pk in found]


class FeaturedTreatment(OrderedRow):
    """A treatment on the front page."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_treatments")
    page = models.ForeignKey(
        ModalityPage, on_delete=models.CASCADE, related_name="+", verbose_name="treatment"
    )

    panels = [PageChooserPanel("page")]


class FeaturedCondition(OrderedRow):
    """A condition on the front page."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_conditions")
    page = models.ForeignKey(
        ConditionPage, on_delete=models.CASCADE, related_name="+", verbose_name="condition"
    )

    panels = [PageChooserPanel("page")]
