"""The word that lets somebody look at a site that is not live, and the address that carries it."""

from urllib.parse import urlencode

from django.core import signing
from wagtail.admin.panels import Panel

#: The word in an address, and the cookie that it becomes.
WORD = "clinicsite-visit"
#: For how long, in seconds, either opens the door.
LASTS = 14 * 24 * 60 * 60
_SALT = "clinicsite.clinics.visits"


def word_for(site) -> str:
    """What opens the door of a site from now on, for two weeks."""
    return signing.dumps(site.pk, salt=_SALT)


def opens(word: str, site) -> bool:
    """Whether a word is one of ours for this site, and not too old."""
    try:
        return signing.loads(word, salt=_SALT, max_age=LASTS) == site.pk
    except signing.BadSignature:
        return False


def link_to(site, path: str = "/") -> str:
    """The address at which a site that is not live lets somebody in."""
    return f"{site.root_url}{path}?{urlencode({WORD: word_for(site)})}"


class VisitPanel(Panel):
    """Shows, among a clinic's settings, the link for somebody without a login."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "clinicsite/clinics/admin/visit_panel.html"

        def get_context_data(self, parent_context=None):
            settings = self.instance
            is_closed = settings.pk is not None and not settings.is_live
            return super().get_context_data(parent_context) | {
                "link": link_to(settings.site) if is_closed else ""
            }
