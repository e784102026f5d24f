"""The agency's own front page: its clinics, nothing more; and the way to its admin."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse

from clinicsite.clinics.models.settings import ClinicSettings, SiteState
from clinicsite.clinics.profile_parts import summaries_of
from clinicsite.core.conf import conf


def admin_url(rest: str = "") -> str:
    """The address of the admin, or of a screen in it of which `rest` is the path."""
    return f"{conf.admin_root_url}{conf.admin_path}{rest}"


def to_the_admin(request, rest):
    """Lead an owner who types /admin/ on the clinic's host to where the admin is."""
    return redirect(admin_url(rest))


def clinic_list(request):
    """List the clinics whose sites are live, by name; the same number of queries for one and for fifty."""
    live = ClinicSettings.objects.filter(state=SiteState.LIVE).select_related("site__root_page")
    clinics = list(live.order_by("name", "pk"))
    summaries = summaries_of(clinic.site for clinic in clinics)
    context = {
        "agency_name": conf.AGENCY_NAME,
        "admin_url": admin_url(),
        "clinics": [_card(clinic, summaries) for clinic in clinics],
    }
    return TemplateResponse(request, "clinicsite/agency/clinic_list.html", context)


def _card(clinic, summaries):
    return {
        "name": clinic.name,
        "tagline": clinic.tagline,
        "url": clinic.site.root_url,
        "cities": summaries["cities"].get(clinic.site_id, []),
    }
