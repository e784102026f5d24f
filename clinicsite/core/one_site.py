"""One site for one front page: a second would be a second copy of all its pages, under settings of its own.

An agency adds one for `www` or for the domain a clinic brings along. What such an address needs is to lead to
the clinic's own, as a further host of that clinic (`clinics.hosts`). Sites of the project around us are its
own business.
"""

from django.core.exceptions import ValidationError
from wagtail.models import Site

from clinicsite.core.models.pages import is_front_page

TAKEN = (
    "“{page}” is the front page of a clinic that has a site already, {host}. A second site would show every"
    " page twice, with settings of its own. Add the other host under “Addresses” of that clinic instead: it"
    " then leads to {host}."
)


def refuse_a_second(site: Site, root_page) -> None:
    """Raise a ValidationError where a site is to show a clinic's front page that another shows already."""
    others = Site.objects.filter(root_page=root_page).exclude(pk=site.pk).order_by("pk")
    other = others.first() if is_front_page(root_page) else None
    if other is not None:
        words = TAKEN.format(page=root_page.title, host=other.hostname)
        raise ValidationError({"root_page": words})
