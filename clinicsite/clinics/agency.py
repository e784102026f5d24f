"""The agency's own front page: its clinics, nothing more."""

from django.conf import settings
from django.template.response import TemplateResponse

from clinicsite.clinics.models.settings import ClinicSettings, SiteState
from clinicsite.clinics.profile_parts import summaries_of
from clinicsite.core.conf import conf


def clinic_list(request):
    """List the clinics whose sites are live, by name; the same number of queries for one and for fifty."""
    live = ClinicSettings.objects.filter(state=SiteState.LIVE).select_related("site__root_page")
    clinics = list(live.order_by("name", "pk"))
    summaries = summaries_of(clinic.site for clinic in clinics)
    context = {
        "agency_name": conf.AGENCY_NAME,
        "admin_url": f"{settings.WAGTAILADMIN_BASE_URL}/admin/",
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
