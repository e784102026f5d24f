"""The slot for a clinic's own count of visits, decided in one place for the page, its policy and referrer.

Nothing is loaded before the visitor agrees (static/clinicsite/js/consent.js). What somebody may suffer from
is not told: the slot is left out of every page that can reveal it, and of whatever is no page, such as search
results.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from clinicsite.clinics.policy import allow
from clinicsite.clinics.profile import SETTINGS
from clinicsite.core.rendering import current_rendering

#: What the next page, which may be counted, learns of the one before: the clinic's host, not the page.
REFERRER_POLICY = "strict-origin"


@dataclass(frozen=True)
class Slot:
    """A program that counts visits, as a page offers it."""

    kind: str
    script: str
    site: str
    counts_health_pages: bool

    @property
    def origin(self) -> str:
        """Where it runs, for the Content-Security-Policy."""
        parts = urlsplit(self.script)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """Where it runs, for people."""
        return urlsplit(self.script).netloc

    @property
    def policy(self) -> dict[str, list[str]]:
        """What it needs on top of the strict policy."""
        return {name: [self.origin] for name in ("script-src", "connect-src", "img-src")}


def slot_of(chosen) -> Slot | None:
    """The slot of a `ClinicSettings` or `ClinicProfile`; None where the clinic counts nobody."""
    if chosen is None or not (chosen.analytics_kind and chosen.analytics_script and chosen.analytics_site):
        return None
    return Slot(
        chosen.analytics_kind,
        chosen.analytics_script,
        chosen.analytics_site,
        chosen.analytics_on_health_pages,
    )


class AnalyticsMiddleware:
    """Puts the slot into pages where it may be, and loosens the policy of those pages alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        slot = _slot_of_clinic()
        if slot and not slot.counts_health_pages:
            response["Referrer-Policy"] = REFERRER_POLICY
        return response

    def process_template_response(self, request, response):
        slot = _slot_of_clinic()
        page = (response.context_data or {}).get("page")
        if slot and page and not getattr(request, "is_preview", False) and _may_count(slot, page):
            response.context_data["analytics"] = slot
            allow(response, slot.policy)
        return response


def _slot_of_clinic():
    return slot_of(current_rendering().remembered.get(SETTINGS))


def _may_count(slot, page):
    # A page type that does not say what it reveals is taken to reveal something.
    return slot.counts_health_pages or not getattr(page, "reveals_health", True)
