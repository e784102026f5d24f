from django import forms
from django.conf.locale import LANG_INFO
from django.db import models
from django.utils.translation import get_language_info
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from clinicsite.clinics.models.wishes import POSTS_BELOW
from clinicsite.clinics.profile import profile_for
from clinicsite.core.blocks.text import FIELD_FEATURES
from clinicsite.core.fields import PictureField, ProseField, TickedPagesField, WebAddressField
from clinicsite.core.forms import SameTreePageForm
from clinicsite.core.models import BasePage
from clinicsite.core.models.call_band import CallBand
from clinicsite.core.page_types import CLINIC_PAGES, FRONT_PAGES
from clinicsite.core.querysets import listed
from clinicsite.core.relations import pages_shown
from clinicsite.core.rendering import current_rendering
from clinicsite.core.typed_fields import TypedDateField
from clinicsite.core.typed_times import Lean
from clinicsite.library.models.folders import LIBRARY_PAGES
from clinicsite.locations.querysets import PractitionerManager
from clinicsite.locations.validators import validate_languages
from clinicsite.modalities.models import ConditionPage


@CLINIC_PAGES.register
class PractitionerIndexPage(CallBand, BasePage):
    """The people who treat patients at a clinic."""

    template = "clinicsite/locations/practitioner_index_page.html"
    parent_page_types = FRONT_PAGES
    subpage_types = ["clinicsite_locations.PractitionerPage"]
    max_count_per_parent = 1
    page_description = "Lists the clinic's practitioners. One for each clinic."
    is_structural = True
    lists_children = True

    introduction = ProseField(blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), CallBand.call_panel]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = "team page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["people"] = (
            listed(PractitionerPage.objects.child_of(self), self).for_cards().with_treatments(self)
        )
        return context


@LIBRARY_PAGES.register
class PractitionerPage(CallBand, BasePage):
    """A person who treats patients: who they are, what they may do, where and how to see them."""

    template = "clinicsite/locations/practitioner_page.html"
    parent_page_types = ["clinicsite_locations.PractitionerIndexPage", "clinicsite_library.LibraryFolderPage"]
    subpage_types = []
    base_form_class = SameTreePageForm
    page_description = "One person who treats patients."
    sitemap_picture = "portrait"
    picture_shapes = {"portrait": ("portrait", "thumb")}

    portrait = PictureField()
    post_nominals = models.CharField(
        max_length=80, blank=True, help_text="Letters after the name, such as PT, FCAMPT."
    )
    pronouns = models.CharField(max_length=40, blank=True)
    profession = models.CharField(
        max_length=100, help_text="As registered, such as Registered physiotherapist."
    )
    summary = ProseField(blank=True, help_text="One or two sentences under the name.")
    biography = RichTextField(features=["h3", *FIELD_FEATURES], blank=True)
    register_name = models.CharField(
        "registration body", max_length=150, blank=True, help_text="The college that licenses this person."
    )
    registration_number = models.CharField(max_length=40, blank=True)
    register_url = WebAddressField(
        "public register", blank=True, help_text="Where patients can check the registration."
    )
    needling_authorised_on = TypedDateField(
        "authorized to needle since",
        lean=Lean.BACK,
        has_been=True,
        null=True,
        blank=True,
        help_text="The date the college authorized or rostered this person for dry needling.",
    )
    languages = models.CharField(
        max_length=100,
        default="en",
        validators=[validate_languages],
        help_text="Language codes with commas between, such as en, fr, pa.",
    )
    is_accepting_new_patients = models.BooleanField("accepts new patients", default=True)
    booking_url = WebAddressField("online booking", blank=True, help_text="If this person has their own.")
    locations = TickedPagesField(
        "clinicsite_locations.LocationPage", blank=True, related_name="practitioners"
    )
    modalities = TickedPagesField(
        "clinicsite_modalities.ModalityPage",
        blank=True,
        related_name="practitioners",
        verbose_name="treatments",
    )

    objects = PractitionerManager()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("post_nominals"), FieldPanel("pronouns")]),
        FieldPanel("profession"),
        FieldPanel("portrait"),
        FieldPanel("summary"),
        FieldPanel("biography"),
        CallBand.call_panel,
    ]
    details_label = "Practice"
    details_panels = [
        FieldPanel("locations", widget=forms.CheckboxSelectMultiple),
        FieldPanel("modalities", widget=forms.CheckboxSelectMultiple),
        FieldRowPanel([FieldPanel("is_accepting_new_patients"), FieldPanel("languages")]),
        FieldPanel("booking_url"),
        MultiFieldPanel(
            [
                FieldPanel("register_name"),
                FieldRowPanel([FieldPanel("registration_number"), FieldPanel("needling_authorised_on")]),
                FieldPanel("register_url"),
            ],
            heading="Registration",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("profession"),
        index.SearchField("summary"),
        index.SearchField("biography"),
        index.SearchField("language_names"),
        index.SearchField("practice_text"),
    ]

    class Meta:
        verbose_name = "practitioner"

    #: A person without a summary is at least of a profession.
    description_sources = (*BasePage.description_sources, "profession")

    @property
    def name_with_post_nominals(self):
        """The name as on a door plate."""
        return f"{self.title}, {self.post_nominals}" if self.post_nominals else self.title

    @property
    def sharing_image(self):
        """The portrait."""
        return self.portrait

    @property
    def language_names(self):
        """The languages this person speaks, in English words."""
        codes = [code.strip().lower() for code in self.languages.split(",")]
        return [get_language_info(code)["name"] for code in codes if code in LANG_INFO]

    @property
    def practice_text(self) -> str:
        """What the page tells of new patients and languages, for the search."""
        return f"{self.new_patients_text}\nSpeaks {', '.join(self.language_names)}"

    @property
    def new_patients_text(self) -> str:
        """Whether this person takes new patients, in words."""
        accepting = self.is_accepting_new_patients
        return "Accepting new patients" if accepting else "Not taking new patients at present"

    @property
    def shown_treatments(self):
        """The names of the treatments this person gives, where `with_treatments` has loaded them."""
        return [page.title for page in getattr(self, "listed_treatments", [])]

    def get_booking_url(self, locations=()):
        """Where to book this person: their own link, else a location's, else the clinic's; '' for none."""
        clinic = profile_for(current_rendering().site)
        links = [self.booking_url, *(place.booking_url for place in locations)]
        return next((link for link in links if link), clinic.booking_url if clinic else "")

    def get_conditions(self):
        """What this person's treatments are used for, as pages of the same clinic."""
        site = current_rendering().site
        if site is None:
            return ConditionPage.objects.none()
        found = listed(ConditionPage.objects.of_site(site), self).treated_with(pages_shown(self.modalities))
        return found.order_by("title")

    def _team_url(self):
        """The address of the team's page, where it lists somebody who takes new patients; "" without one."""
        team = PractitionerIndexPage.objects.parent_of(self).first()
        if team is None:
            return ""
        others = listed(PractitionerPage.objects.child_of(team), self).filter(is_accepting_new_patients=True)
        return team.url if others.exists() else ""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        current_rendering().prepare([self.biography])
        context["places"] = list(pages_shown(self.locations).for_cards())
        context["treatments"] = pages_shown(self.modalities).with_library().order_by("title")
        context["conditions"] = self.get_conditions()
        clinic = profile_for(current_rendering().site)
        number = clinic.posts_below if clinic else POSTS_BELOW
        context["posts"] = pages_shown(self.posts).for_cards()[:number] if self.pk else []
        context["booking_url"] = self.get_booking_url(context["places"])
        context["team_url"] = "" if self.is_accepting_new_patients else self._team_url()
        return context
