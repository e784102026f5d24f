"""Which sites robots may read: those of live clinics. All others are closed everywhere at once."""

from clinicsite.clinics.models.settings import SiteState

#: For pages and for files that hold no markup of their own.
CLOSED = "noindex, nofollow"


def is_open(chosen) -> bool:
    """Whether robots may read the site of a `ClinicProfile` or `ClinicSettings`; of nobody, never."""
    return chosen is not None and chosen.state == SiteState.LIVE


def is_suspended(chosen) -> bool:
    """Whether the agency has closed the site of a `ClinicProfile` or `ClinicSettings` for now."""
    return chosen is not None and chosen.state == SiteState.SUSPENDED


def robots_text(clinic) -> str:
    """The robots.txt (RFC 9309) of a clinic's site, or for None of the agency's host."""
    if not is_open(clinic):
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {clinic.root_url}/sitemap.xml\n"
