"""The ways to reach a clinic, each with its form, its address below the contact page, and its words."""

from dataclasses import dataclass

from django.http import Http404
from wagtail.models import Site

from clinicsite.clinics.profile import ClinicProfile, profile_for
from clinicsite.core import site_roots
from clinicsite.core.querysets import listed
from home.contact.forms import CallBackForm, ConsultationForm, MessageForm, RequestForm
from home.contact.kinds import Kind

#: The address of each form's receipt, below the form.
SENT = "sent/"
#: Where a clinic's words on privacy are found, if it has such a page beside its contact page.
PRIVACY_SLUGS = ("privacy", "privacy-policy", "privacy-notice")


@dataclass(frozen=True)
class Way:
    """One form. `introduction` may name the clinic's `{offer}`; "" is the contact page's own."""

    kind: Kind
    slug: str
    form: type[RequestForm]
    invitation: str
    introduction: str
    button: str
    thanks_title: str

    @property
    def path(self) -> str:
        """Where the form stands, below the contact page."""
        return f"{self.slug}/" if self.slug else ""


MESSAGE = Way(Kind.MESSAGE, "", MessageForm, "Write to us", "", "Send the message", "We have your message")
CALL_BACK = Way(
    Kind.CALL_BACK,
    "call-back",
    CallBackForm,
    "Ask us to call you",
    "Leave your name and number, and we will call you.",
    "Ask for a call",
    "We will call you",
)
CONSULTATION = Way(
    Kind.CONSULTATION,
    "free-consultation",
    ConsultationForm,
    "Book a free consultation",
    "We offer a {offer}. Tell us how to reach you, and we will arrange a time that suits you.",
    "Ask for a consultation",
    "We have your request",
)


def clinic_with(page) -> ClinicProfile | None:
    """The profile of the clinic that a page belongs to, saved or not; None where no site has it."""
    parts = site_roots.url_parts(page.url_path) if page.url_path else None
    site = Site.objects.select_related("root_page").filter(pk=parts[0]).first() if parts else None
    return profile_for(site)


def ways_of(clinic: ClinicProfile | None) -> tuple[Way, ...]:
    """The forms of a clinic, by its profile: the free consultation only where it offers one."""
    has_offer = clinic is not None and bool(clinic.free_consultation)
    return (MESSAGE, CALL_BACK, CONSULTATION) if has_offer else (MESSAGE, CALL_BACK)


def way_or_404(slug: str, clinic: ClinicProfile | None) -> Way:
    """The form at an address below the contact page."""
    for way in ways_of(clinic):
        if way.slug == slug:
            return way
    raise Http404("The clinic has no such form.")


@dataclass(frozen=True)
class ContactAddresses:
    """Where a clinic's forms are, as every page shows them; an empty address stands for none."""

    url: str
    call_back_url: str
    consultation_url: str
    privacy_url: str

    @property
    def further_forms(self) -> tuple[str, ...]:
        """The addresses of the forms beside the contact page's own."""
        return tuple(filter(None, (self.call_back_url, self.consultation_url)))


def addresses_of(site: Site) -> ContactAddresses | None:
    """The addresses of a clinic's forms, for its profile; None where it has no contact page to show."""
    from clinicsite.clinics.models import ClinicSettings
    from home.models import ContactPage, StandardPage

    root = site.root_page
    page = listed(ContactPage.objects.child_of(root), root).first()
    if page is None:
        return None
    url = f"/{page.url_path[len(root.url_path) :]}"
    has_offer = ClinicSettings.objects.filter(site=site).exclude(free_consultation="").exists()
    privacy = listed(StandardPage.objects.child_of(root).filter(slug__in=PRIVACY_SLUGS), root).first()
    return ContactAddresses(
        url=url,
        call_back_url=url + CALL_BACK.path,
        consultation_url=url + CONSULTATION.path if has_offer else "",
        privacy_url=f"/{privacy.slug}/" if privacy else "",
    )
