"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import Kind, for_agency

JUDGEMENTS = [
    for_agency(Kind.ADDRESS, "clinicsite_new_clinic:{begin,step,summary,drop,made}"),
    for_agency(Kind.MENU_ITEM, "clinicsite-new-clinic"),
]
