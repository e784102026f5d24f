from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import current_rendering


def clinic(request):
    """The clinic whose page is being read, as `clinic`; None in the admin and on the agency's host."""
    return {"clinic": profile_for(current_rendering().site)}
