from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import current_rendering


def clinic(request):
    """The clinic whose page is being read, as `clinic`; nothing in the admin and on hosts of no clinic."""
    site = current_rendering().site
    return {"clinic": profile_for(site)} if site is not None else {}
