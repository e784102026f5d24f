"""What a panel of the page editor asks about a library page when it is drawn."""

from django import template

from clinicsite.library.releasing import releases
from clinicsite.library.releasing.impact import followers_by_site
from clinicsite.library.shared_pages.page import SharedPage

register = template.Library()


@register.simple_tag
def clinics_following(page: SharedPage) -> int:
    """How many clinics have a live page that follows this library page."""
    return len(followers_by_site(page))


@register.simple_tag
def release_under_way(page: SharedPage) -> releases.Release | None:
    """The pilot or the scheduled release of a library page, or None."""
    return releases.release_under_way(page)
