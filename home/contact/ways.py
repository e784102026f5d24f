"""The ways to reach a clinic, each with its form, its address below the contact page, and its words."""

from dataclasses import dataclass

from django.http import Http404
from wagtail.models import Site

from clinicsite.clinics.profile import ClinicProfile, profile_for
from clinicsite.core import site_roots
from clinicsite.home.contact.choices import RequestKind
from clinicsite.home.contact.forms import CallBackForm, ConsultationForm, MessageForm, RequestForm

#: The address of each form's receipt, below the form.
SENT = "sent/"


@dataclass(frozen=True)
class Way:
    """One form. `introduction` may name the clinic's `{offer}`; "" is the contact page's own."""

    kind: RequestKind
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


MESSAGE = Way(
    RequestKind.MESSAGE, "", MessageForm, "Write to us", "", "Send the message", "We have your message"
)
CALL_BACK = Way(
    RequestKind.CALL_BACK,
    "call-back",
    CallBackForm,
    "Ask us to call you",
    "Leave your name and number, and we will call you.",
    "Ask for a call",
    "We will call you",
)
CONSULTATION = Way(
    RequestKind.CONSULTATION,
    "free-consultation",
    ConsultationForm,
    "Ask for a free consultation",
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
