from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from clinicsite.clinics.validators import validate_time_zone
from clinicsite.core.blocks.text import FIELD_FEATURES
from clinicsite.core.fields import PictureField, ProseField, TickedPagesField, WebAddressField
from clinicsite.core.models import BasePage
from clinicsite.core.models.call_band import CallBand
from clinicsite.core.models.ordered import OrderedRow
from clinicsite.core.page_types import CLINIC_PAGES, FRONT_PAGES
from clinicsite.core.phones import PhoneField
from clinicsite.core.querysets import listed
from clinicsite.core.relations import pages_shown
from clinicsite.core.rendering import current_rendering
from clinicsite.locations.addresses import tidied_address
from clinicsite.locations.forms import LocationPageForm
from clinicsite.locations.phones import VOICE, PhoneLabel, phones_of
from clinicsite.locations.querysets import LocationManager
from clinicsite.locations.schedules import schedule_of
from clinicsite.locations.search_texts import hours_text

NOT_FOR_CALLS = (
    "Nobody answers this number by voice, so it cannot be the main one. Untick it, or change what it is for."
)


@CLINIC_PAGES.register
class LocationIndexPage(BasePage):
    """All the places where a clinic sees patients."""

    template = "clinicsite/locations/location_index_page.html"
    parent_page_types = FRONT_PAGES
    subpage_types = ["clinicsite_locations.LocationPage"]
    max_count_per_parent = 1
    page_description = "Lists the clinic's locations. One for each clinic."
    is_structural = True
    lists_children = True

    introduction = ProseField(blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = "locations page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["locations"] = listed(LocationPage.objects.child_of(self), self).for_cards()
        return context


class LocationPage(CallBand, BasePage):
    """One address where a clinic sees patients: how to get there, when it is open, whom to call."""

    template = "clinicsite/locations/location_page.html"
    parent_page_types = ["clinicsite_locations.LocationIndexPage"]
    subpage_types = []
    base_form_class = LocationPageForm
    page_description = "One address, with its phones and hours."
    sitemap_picture = "picture"

    is_primary = models.BooleanField(
        "main location",
        default=False,
        help_text=(
            "Its phone and hours stand at the top of every page that is about no other place; while it is "
            "closed and another is open, that one's do. Without one, the first location is the main one."
        ),
    )
    street = models.CharField(max_length=150)
    city = models.CharField(max_length=80)
    region = models.CharField("province or state", max_length=50, help_text="Such as ON or Ontario.")
    postal_code = models.CharField(max_length=12)
    country = models.CharField(max_length=2, default="CA", help_text="Two letters, such as CA.")
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="For directions, such as 43.65107.",
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    time_zone = models.CharField(
        max_length=50,
        default="America/Toronto",
        validators=[validate_time_zone],
        help_text="Such as America/Toronto or America/Edmonton. Hours are shown in this zone.",
    )
    picture = PictureField()
    email = models.EmailField("e-mail", blank=True, help_text="If it differs from the clinic's.")
    booking_url = WebAddressField("online booking", blank=True, help_text="If it differs from the clinic's.")
    access_notes = RichTextField(
        features=FIELD_FEATURES,
        blank=True,
        help_text="Steps, ramps, lifts, doors and washrooms: what a visitor with a disability needs to know.",
    )
    parking = ProseField(blank=True)
    transit = ProseField("public transit", blank=True)
    modalities = TickedPagesField(
        "clinicsite_modalities.ModalityPage",
        blank=True,
        related_name="locations",
        verbose_name="treatments offered here",
    )

    objects = LocationManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("is_primary"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("region")]),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("country")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading="Address",
        ),
        InlinePanel("phones", heading="Phone numbers", label="Phone number", min_num=1),
        FieldRowPanel([FieldPanel("email"), FieldPanel("booking_url")]),
        FieldPanel("picture"),
        CallBand.call_panel,
    ]
    hours_panels = [
        FieldPanel("time_zone", required_on_save=True),
        InlinePanel(
            "opening_hours",
            heading="Weekly hours",
            label="Hours",
            help_text="One row for each stretch. Two rows on one day make a break between them.",
        ),
        InlinePanel("special_hours", heading="Holidays and other hours", label="Special hours"),
    ]
    details_label = "Hours"
    details_panels = hours_panels
    visit_panels = [
        FieldPanel("access_notes"),
        FieldPanel("parking"),
        FieldPanel("transit"),
        FieldPanel("modalities", widget=forms.CheckboxSelectMultiple),
    ]

    extra_tabs = [(visit_panels, "Visiting")]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("street"),
        index.SearchField("city"),
        index.SearchField("postal_code"),
        index.SearchField("parking"),
        index.SearchField("transit"),
        index.SearchField("access_notes"),
        index.SearchField("visiting_text"),
    ]

    class Meta:
        verbose_name = "location"

    def clean(self):
        for name, value in tidied_address(self.country, self.region, self.postal_code).items():
            setattr(self, name, value)
        super().clean()

    @cached_property
    def schedule(self):
        """The hours as a value: the week shown, open now, next change (`clinicsite.locations.hours`)."""
        return schedule_of(self)

    @property
    def sharing_description(self):
        """The words written for search engines, else where it is and what the page tells."""
        written = super().sharing_description
        return written or f"{self.street}, {self.city}. Phone, opening hours, parking and access."

    @property
    def sharing_image(self):
        """The picture of the place."""
        return self.picture

    @property
    def visiting_text(self) -> str:
        """The headings and hours of the page, for the search: Wagtail indexes fields alone."""
        facts = {"Access": self.access_notes, "Parking": self.parking, "Public transit": self.transit}
        # Made afresh: the rows of a page that is being saved may have changed since it was read.
        schedule = schedule_of(self)
        headings = [heading for heading, words in facts.items() if words]
        return "\n".join([*headings, hours_text(schedule, schedule.local_date(timezone.now()))])

    @property
    def today(self) -> date:
        """The date at the location."""
        return timezone.now().astimezone(self.schedule.zone).date()

    @property
    def shown_phones(self):
        """The numbers as patients see them."""
        return phones_of(self.phones.all())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        current_rendering().prepare([self.access_notes])
        context["treatments"] = pages_shown(self.modalities).with_library().order_by("title")
        context["people"] = pages_shown(self.practitioners).for_cards() if self.pk else []
        return context


class LocationPhone(OrderedRow):
    """A number of a location, with what it is for."""

    location = ParentalKey(LocationPage, on_delete=models.CASCADE, related_name="phones")
    label = models.CharField("for", max_length=20, choices=PhoneLabel.choices, default=PhoneLabel.BOOKING)
    number = PhoneField(help_text="With area code, such as 416 555 0123 or 416 555 0123 ext. 204.")
    is_primary = models.BooleanField(
        "main number",
        default=False,
        help_text="The one for “Call”. Without one it is the first for booking.",
    )

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("number"), FieldPanel("is_primary")])]

    class Meta(OrderedRow.Meta):
        verbose_name = "phone number"

    def __str__(self):
        return f"{self.get_label_display()}: {self.number}"

    def clean(self):
        super().clean()
        if self.is_primary and self.label not in VOICE:
            raise ValidationError({"is_primary": NOT_FOR_CALLS})
