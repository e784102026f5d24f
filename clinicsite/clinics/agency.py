"""The agency's own front page: its clinics, nothing more; and the way to its admin."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from clinicsite.clinics.models.settings import ClinicSettings, SiteState
from clinicsite.clinics.profile_parts import summaries_of
from clinicsite.core.conf import conf

CLINICS_A_PAGE = 48
#: How many letters of what somebody looks for are read.
LONGEST_WORDS = 100


def admin_url(rest: str = "") -> str:
    """The address of the admin, or of a screen in it of which `rest` is the path."""
    return f"{conf.admin_root_url}{conf.admin_path}{rest}"


def to_the_admin(request, rest):
    """Lead an owner who types /admin/ on the clinic's host to where the admin is."""
    return redirect(admin_url(rest))


def clinic_list(request):
    """List the clinics whose sites are live, by name, a page at a time; those with some words in their name.

    The same number of queries for one and for a thousand.
    """
    live = ClinicSettings.objects.filter(state=SiteState.LIVE)
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_WORDS]
    named = live.filter(Q(name__icontains=words) | Q(tagline__icontains=words)) if words else live
    ordered = named.select_related("site__root_page").order_by("name", "pk")
    page = Paginator(ordered, CLINICS_A_PAGE).get_page(request.GET.get("page"))
    summaries = summaries_of(clinic.site for clinic in page)
    context = {
        "agency_name": conf.AGENCY_NAME,
        "admin_url": admin_url(),
        "clinics": [_card(clinic, summaries) for clinic in page],
        "page_of_clinics": page,
        "words": words,
        "query_string": urlencode({"q": words}) if words else "",
        "is_long": bool(words) or page.paginator.num_pages > 1,
    }
    return TemplateResponse(request, "clinicsite/agency/clinic_list.html", context)


def _card(clinic, summaries):
    return {
        "name": clinic.name,
        "tagline": clinic.tagline,
        "url": clinic.site.root_url,
        "cities": summaries["cities"].get(clinic.site_id, []),
    }
