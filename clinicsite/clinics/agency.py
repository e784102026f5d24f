"""The agency's own front page: its clinics, nothing more."""

from django.conf import settings
from django.template.response import TemplateResponse
from wagtail.models import Site

from clinicsite.clinics.models import SiteState
from clinicsite.clinics.profile import profile_for


def clinic_list(request):
    """List the clinics whose sites are live."""
    sites = Site.objects.filter(clinicsettings__state=SiteState.LIVE).select_related("root_page")
    context = {
        "agency_name": settings.AGENCY_NAME,
        "admin_url": f"{settings.WAGTAILADMIN_BASE_URL}/admin/",
        "clinics": [_card(site) for site in sites],
    }
    return TemplateResponse(request, "agency/clinic_list.html", context)


def _card(site):
    profile = profile_for(site)
    places = profile.parts["places"].all
    return {
        "name": profile.name,
        "tagline": profile.tagline,
        "url": profile.root_url,
        "cities": list(dict.fromkeys(place.city for place in places)),
        "kind": profile.kind,
    }
