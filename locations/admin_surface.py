"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import EVERYBODY, Kind, for_agency, for_clinics

JUDGEMENTS = [
    for_clinics(Kind.ADDRESS, "clinicsite_{locations,practitioners}:{index,index_results}", who=EVERYBODY),
    for_clinics(Kind.ADDRESS, "clinicsite_{locations,practitioners}:choose_parent"),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_people_chooser:{choose,choose_results,chosen,chosen_multiple}",
        "It names one's own team alone.",
    ),
    for_agency(Kind.ADDRESS, "clinicsite_people_chooser:create", "Nobody is made in a window."),
    for_clinics(Kind.MENU_ITEM, "clinicsite-locations-and-hours clinicsite-team", who=EVERYBODY),
]
