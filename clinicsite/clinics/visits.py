"""The word that lets somebody look at a site that is not live, and the address that carries it."""

from urllib.parse import urlencode

from django.core import signing
from wagtail.admin.panels import Panel

#: The word in an address, and the cookie that it becomes.
WORD = "clinicsite-visit"
#: For how long, in seconds, either opens the door.
LASTS = 14 * 24 * 60 * 60
_SALT = "clinicsite.clinics.visits"


def word_for(site, *, at_work: bool = False) -> str:
    """What opens the door of a site from now on, for two weeks.

    Args:
        at_work: For somebody who works on the site, whom a suspended one lets in too.
    """
    return signing.dumps([site.pk, "at work"] if at_work else site.pk, salt=_SALT)


def opens(word: str, site, *, at_work: bool = False) -> bool:
    """Whether a word is one of ours for this site, and not too old.

    Args:
        at_work: Whether it must be one for somebody who works on the site.
    """
    try:
        said = signing.loads(word, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return said == [site.pk, "at work"] or (said == site.pk and not at_work)


def link_to(site, path: str = "/", *, at_work: bool = False) -> str:
    """The address at which a site that is not live lets somebody in."""
    return f"{site.root_url}{path}?{urlencode({WORD: word_for(site, at_work=at_work)})}"


class VisitPanel(Panel):
    """Shows, among a clinic's settings, how far the site has come, and a link for who has no login."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "clinicsite/clinics/admin/visit_panel.html"

        def get_context_data(self, parent_context=None):
            settings = self.instance
            is_closed = settings.pk is not None and settings.state in ("draft", "staging")
            return super().get_context_data(parent_context) | {
                "settings": settings,
                "link": link_to(settings.site) if is_closed else "",
            }
