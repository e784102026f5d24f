from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import PreviewableMixin, Site

from clinicsite.clinics.announcements import Announcement, first_due
from clinicsite.clinics.forms import ClinicSettingsForm
from clinicsite.clinics.jurisdictions import Jurisdiction
from clinicsite.clinics.look import FontPair, Mood, Opening
from clinicsite.clinics.models.analytics import EXPLANATION, WHY_NOT_ON_HEALTH_PAGES, AnalyticsKind
from clinicsite.clinics.models.groups import groups_of
from clinicsite.clinics.models.wishes import ClinicWishes
from clinicsite.clinics.tenancy.settings import ClinicSitesPolicy
from clinicsite.clinics.validators import (
    LANGUAGE_TAG,
    validate_accent_colour,
    validate_script_address,
    validate_site_name,
    validate_text_colour,
    validate_time_zone,
)
from clinicsite.clinics.visits import VisitPanel
from clinicsite.core.fields import PictureField, ProseField, WebAddressField
from clinicsite.core.typed_fields import TypedDateTimeField


class SiteState(models.TextChoices):
    """How far a clinic's site has come."""

    DRAFT = "draft", "Draft: being built"
    STAGING = "staging", "Staging: for the clinic to look at"
    LIVE = "live", "Live: open to patients"
    SUSPENDED = "suspended", "Suspended: closed for now by the agency"


class ClinicKind(models.TextChoices):
    """What a clinic is, in patients' words."""

    PHYSIOTHERAPY = "physiotherapy", "Physiotherapy clinic"
    MASSAGE = "massage", "Massage therapy clinic"
    SPORTS_MEDICINE = "sports_medicine", "Sports medicine clinic"
    HEALTH_SERVICES = "health_services", "Health services clinic"


class ClinicSettingsQuerySet(models.QuerySet):
    """Settings, each change of which is a new version, however it is made."""

    def update(self, **values):
        """Update as ever, with a new version, by which what is kept of a clinic's profile is out of date."""
        return super().update(**{"version": uuid4().hex} | values)


@register_setting(icon="home")
class ClinicSettings(ClinicWishes, PreviewableMixin, BaseSiteSetting, ClusterableModel):
    """What a clinic says about itself once, for every page of its site."""

    # A site goes with its root page, and this must not: see `clinics.deleting`.
    site = models.OneToOneField(
        Site, editable=False, on_delete=models.PROTECT, related_name="clinicsite_settings"
    )
    objects = ClinicSettingsQuerySet.as_manager()

    name = models.CharField(max_length=100, blank=True, help_text="As patients know you.")
    legal_name = models.CharField(max_length=150, blank=True, help_text="As registered; shown in the footer.")
    tagline = models.CharField(max_length=100, blank=True, help_text="A few words under the name.")
    kind = models.CharField(max_length=20, choices=ClinicKind.choices, default=ClinicKind.PHYSIOTHERAPY)
    email = models.EmailField("e-mail", blank=True, help_text="Where contact messages are sent.")
    booking_url = WebAddressField(
        "online booking", blank=True, help_text="The address of your booking page, beginning with https://."
    )
    free_consultation = models.CharField(
        max_length=120,
        blank=True,
        help_text="For example: free 10-minute phone consultation. Leave empty if you offer none.",
    )
    has_direct_billing = models.BooleanField("bills insurers directly", default=False)
    language = models.CharField(
        max_length=10, default="en-CA", help_text="Language tag, such as en-CA or fr-CA."
    )
    time_zone = models.CharField(
        "default time zone",
        max_length=50,
        default="America/Toronto",
        validators=[validate_time_zone],
        help_text="Such as America/Toronto. Each location can have its own.",
    )
    jurisdiction = models.CharField(max_length=6, choices=Jurisdiction.choices, default=Jurisdiction.CA_ON)
    announcement = ProseField(blank=True, help_text="Shown on top of every page, for example during a storm.")
    announcement_from = TypedDateTimeField(null=True, blank=True, help_text="Empty shows it at once.")
    announcement_until = TypedDateTimeField(
        null=True, blank=True, help_text="Empty shows it until you remove it."
    )
    logo = PictureField()
    favicon = PictureField(
        help_text="A small square mark for browser tabs.",
    )
    brand_primary = models.CharField(
        "main colour",
        max_length=7,
        default="#1f5f6b",
        validators=[validate_text_colour],
        help_text="For buttons and headings, such as #1f5f6b. White text must be readable on it.",
    )
    brand_accent = models.CharField(
        "second colour",
        max_length=7,
        default="#b4572f",
        validators=[validate_accent_colour],
        help_text="For small marks and borders.",
    )
    font_pair = models.CharField("fonts", max_length=30, choices=FontPair.choices, default=FontPair.FIGTREE)
    mood = models.CharField(
        max_length=10,
        choices=Mood.choices,
        default=Mood.CALM,
        help_text="How all your pages are laid out. Your colours and fonts stay the same.",
    )
    opening = models.CharField(
        "front page begins with",
        max_length=10,
        choices=Opening.choices,
        default=Opening.SPLIT,
        help_text="The picture is the one of your front page. A phone shows one below the other.",
    )
    analytics_kind = models.CharField(
        "program",
        max_length=10,
        choices=AnalyticsKind.choices,
        blank=True,
        default="",
        help_text="Empty counts nobody.",
    )
    analytics_script = models.CharField(
        "address of its script",
        max_length=200,
        blank=True,
        default="",
        validators=[validate_script_address],
        help_text="The full address of its script, such as https://stats.northgate.example/js/script.js.",
    )
    analytics_site = models.CharField(
        "your site in it",
        max_length=100,
        blank=True,
        default="",
        validators=[validate_site_name],
        help_text=(
            "What the program calls your site: a domain for Plausible, a number for Matomo, an id for Umami."
        ),
    )
    analytics_on_health_pages = models.BooleanField(
        "also count treatment, condition, blog and contact pages",
        default=False,
        help_text=WHY_NOT_ON_HEALTH_PAGES,
    )
    needs_second_factor = models.BooleanField(
        "second step to sign in",
        default=False,
        help_text="Everybody of this clinic needs a passkey or an app beside the password. "
        "Who has none is asked to add one the next time they sign in.",
    )
    state = models.CharField(
        "site state",
        max_length=10,
        choices=SiteState.choices,
        default=SiteState.DRAFT,
        help_text="Only a live site is open to patients and search engines.",
    )
    is_admin_closed = models.BooleanField(
        default=False,
        editable=False,
        help_text="While the site is suspended: its own people may not work in the admin.",
    )
    version = models.CharField(
        max_length=32,
        default="",
        editable=False,
        help_text="Renewed with anything every page shows, so that cached parts are never stale.",
    )

    select_related = ["logo", "favicon", "site__root_page"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("legal_name")]),
                    FieldPanel("tagline"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("jurisdiction")]),
                    FieldRowPanel([FieldPanel("language"), FieldPanel("time_zone")]),
                ],
                heading="Your clinic",
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("email"), FieldPanel("booking_url")]),
                    ClinicWishes.email_panel,
                    FieldPanel("free_consultation"),
                    FieldPanel("has_direct_billing"),
                    InlinePanel("insurers", heading="Insurers you bill directly", label="Insurer"),
                    InlinePanel("social_links", heading="Social media", label="Link"),
                ],
                heading="Booking and billing",
            ),
            ObjectList([ClinicWishes.call_panel, ClinicWishes.lists_panel], heading="On your pages"),
            ObjectList(
                [
                    FieldPanel("announcement"),
                    FieldRowPanel([FieldPanel("announcement_from"), FieldPanel("announcement_until")]),
                ],
                heading="Announcement",
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("logo"), FieldPanel("favicon")]),
                    FieldRowPanel([FieldPanel("brand_primary"), FieldPanel("brand_accent")]),
                    FieldPanel("font_pair"),
                    FieldPanel("mood", widget=forms.RadioSelect),
                    FieldPanel("opening", widget=forms.RadioSelect),
                ],
                heading="Look",
            ),
            ObjectList(
                [
                    HelpPanel(EXPLANATION),
                    FieldPanel("analytics_kind"),
                    FieldPanel("analytics_script"),
                    FieldPanel("analytics_site"),
                    FieldPanel("analytics_on_health_pages"),
                ],
                heading="Visitor statistics",
            ),
            ObjectList(
                [
                    MultiFieldPanel([VisitPanel()], heading="Who can see the site"),
                    MultiFieldPanel([FieldPanel("needs_second_factor")], heading="Who can sign in"),
                ],
                heading="Site",
            ),
        ],
        base_form_class=ClinicSettingsForm,
    )

    class Meta:
        verbose_name = "clinic"
        verbose_name_plural = "clinics"

    @classmethod
    def get_permission_policy(cls):
        return ClinicSitesPolicy(cls)

    def __str__(self):
        return self.name or str(self.site)

    def clean(self):
        super().clean()
        starts, ends = self.announcement_from, self.announcement_until
        if starts and ends and ends <= starts:
            raise ValidationError({"announcement_until": "The announcement must end after it begins."})
        if not LANGUAGE_TAG.fullmatch(self.language):
            raise ValidationError({"language": "Write a language tag, such as en-CA or fr-CA."})
        if self.analytics_kind:
            self._ask_for_analytics("analytics_script", "analytics_site")

    def _ask_for_analytics(self, *names):
        missing = [name for name in names if not getattr(self, name)]
        if missing:
            raise ValidationError(dict.fromkeys(missing, "The program needs this to count visits."))

    @property
    def is_live(self) -> bool:
        """Whether everybody may see the site."""
        return self.state == SiteState.LIVE

    @property
    def current_announcement(self):
        """The announcement's words while it is due, else those of the first of its groups; else nothing."""
        own = Announcement(self.announcement, self.announcement_from, self.announcement_until)
        of_groups = (group.as_announcement for group in groups_of(self.site))
        return first_due((own, *of_groups), timezone.now())

    def save(self, **kwargs):
        # A copy read before another change must not bring back the version it was read with.
        if not self._state.adding:
            self.version = models.F("version")
        super().save(**kwargs)
        self.refresh_from_db(fields=["version"])

    def get_preview_template(self, request, mode_name):
        return "clinicsite/clinics/clinic_settings_preview.html"
