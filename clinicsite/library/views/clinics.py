"""Which clinic a screen is about: the person's only one, or the one they choose."""

from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from wagtail.admin.utils import get_valid_next_url_from_request

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.rendering import key_or_none

CLINICS_PER_PAGE = 25


def clinics_of(user):
    """The clinics somebody looks after, with their home pages, by name."""
    return scope_at_work(user).sites().select_related("root_page").order_by("site_name", "hostname", "pk")


def clinic_or_404(user, site_id):
    """A clinic that somebody looks after; another's is as if it were not there."""
    site = clinics_of(user).filter(pk=key_or_none(site_id)).first() if key_or_none(site_id) else None
    if site is None:
        raise Http404("No such clinic.")
    return site


def clinic_or_none(request):
    """The clinic a request names, or the person's only one; None where there is a choice to make.

    Raises `Http404` for somebody who looks after no clinic.
    """
    asked = request.POST.get("clinic") or request.GET.get("clinic")
    if asked is not None:
        return clinic_or_404(request.user, asked)
    found = list(clinics_of(request.user)[:2])
    if not found:
        raise Http404("No clinic.")
    return found[0] if len(found) == 1 else None


def choose_clinic(request, *, title, icon, question, sites=None, link=None):
    """A screen to choose a clinic from however many; `link(site)` is where the choice leads."""
    words = request.GET.get("q", "").strip()
    sites = clinics_of(request.user) if sites is None else sites
    found = sites.filter(site_name__icontains=words) | sites.filter(hostname__icontains=words)
    page = Paginator(found if words else sites, CLINICS_PER_PAGE).get_page(request.GET.get("p"))
    link = link or (lambda site: f"{request.path}?clinic={site.pk}")
    context = {
        **titles(title, icon),
        "question": question,
        "words": words,
        "clinics": page,
        "rows": [(site, link(site)) for site in page],
        "next": get_valid_next_url_from_request(request),
    }
    return TemplateResponse(request, "clinicsite/library/admin/inbox/choose_clinic.html", context)


def titles(title, icon):
    """What Wagtail's page furniture asks of a context."""
    return {"page_title": title, "header_title": title, "header_icon": icon}
