"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import (
    EVERYBODYS_OWN,
    PUBLISHERS,
    Kind,
    for_agency,
    for_clinics,
)

JUDGEMENTS = [
    for_agency(Kind.ADDRESS, "clinicsite_new_clinic:{begin,step,summary,drop,made}"),
    for_agency(Kind.MENU_ITEM, "clinicsite-new-clinic"),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_colleagues:{index,clinic,invite,role,remove,again,withdraw}",
        "Owners alone get past the screens' own question, and see their own clinic's people.",
        PUBLISHERS,
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_invitation:answer",
        "Whoever holds the link was asked.",
        EVERYBODYS_OWN,
    ),
    for_clinics(Kind.SETTINGS_ITEM, "clinicsite-colleagues", who=PUBLISHERS),
]
