"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import Kind, for_agency, for_clinics

JUDGEMENTS = [
    for_agency(Kind.ADDRESS, "clinicsite_new_clinic:{begin,copy,step,summary,drop,made}"),
    for_agency(Kind.ADDRESS, "clinicsite_console:*", "Every clinic beside the others."),
    for_agency(
        Kind.ADDRESS,
        "clinicsite_groups:* clinicsite_notices:* clinicsite_retiring:* clinicsite_pools:*",
        "They name clinics beside one another.",
    ),
    for_clinics(Kind.PANEL, "clinicsite_notices", "What the agency tells them."),
    for_agency(
        Kind.MENU_ITEM,
        "clinicsite-{new-clinic,clinics,all-clinics,groups,notices,pools,retired}",
    ),
]
