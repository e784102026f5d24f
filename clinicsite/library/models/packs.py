"""Starter packs: named sets of library pages that a new clinic begins with."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.models import Page, Site
from wagtail.search import index

from clinicsite.clinics.models import ClinicGroup
from clinicsite.core.models.ordered import OrderedRow
from clinicsite.library.pack_forms import StarterPackForm


class StarterPack(index.Indexed, ClusterableModel):
    """Pages of the library that belong together, such as those of a massage clinic; the library keeps it."""

    name = models.CharField(
        max_length=80, unique=True, help_text="What the agency chooses it by, such as Massage therapy."
    )
    description = models.CharField(
        max_length=200, blank=True, help_text="For which clinics it is, in a sentence."
    )
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts how often the pages in it have changed."
    )

    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("description"),
            InlinePanel(
                "rows",
                heading="Pages",
                label="Page",
                min_num=1,
                help_text="In any order. Clinics that have them already keep theirs.",
            ),
        ],
        base_form_class=StarterPackForm,
    )
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("description"),
    ]

    class Meta:
        verbose_name = "starter pack"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def missing_on_a_line(self):
        """The titles of its pages that the library has taken down: a new clinic is made without them."""
        gone = self.rows.filter(page__live=False).order_by("sort_order")
        return ", ".join(gone.values_list("page__title", flat=True))


class StarterPackRow(OrderedRow):
    """A library page in a starter pack. It goes with its page, not with the page being taken down."""

    pack = ParentalKey(StarterPack, on_delete=models.CASCADE, related_name="rows")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("page")]

    class Meta(OrderedRow.Meta):
        verbose_name = "page"
        constraints = [
            models.UniqueConstraint(fields=["pack", "page"], name="clinicsite_starter_pack_page_unique")
        ]

    def __str__(self):
        return str(self.page)


class ChosenPack(models.Model):
    """The starter pack that a clinic was made with."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="clinicsite_chosen_pack")
    pack = models.ForeignKey(StarterPack, on_delete=models.CASCADE, related_name="chosen")
    takes_new_pages = models.BooleanField(
        default=False, help_text="Whether pages that come to the pack later arrive by themselves."
    )
    brought = models.JSONField(
        default=list,
        help_text="Keys of the library pages that the clinic was given or offered: none arrives twice.",
    )

    def __str__(self):
        return f"{self.site}: {self.pack}"


class PackOfGroup(models.Model):
    """The starter pack that new clinics of a group begin with, where their maker has chosen none."""

    group = ParentalKey(ClinicGroup, on_delete=models.CASCADE, related_name="starter_packs")
    pack = models.ForeignKey(StarterPack, on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("pack")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group"], name="clinicsite_one_pack_of_a_group")]

    def __str__(self):
        return f"{self.group}: {self.pack}"
