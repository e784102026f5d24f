"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import (
    EVERYBODY,
    EVERYBODYS_OWN,
    NETWORKS,
    PUBLISHERS,
    Kind,
    for_agency,
    for_clinics,
)

JUDGEMENTS = [
    for_agency(Kind.ADDRESS, "clinicsite_new_clinic:{begin,copy,step,summary,drop,made}"),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_console:{index,csv,reviews}",
        "The clinics of one's own networks, and no others.",
        NETWORKS,
    ),
    for_agency(Kind.ADDRESS, "clinicsite_console:rename", "Who makes clinics names them."),
    for_agency(
        Kind.ADDRESS,
        "clinicsite_groups:* clinicsite_notices:* clinicsite_retiring:* clinicsite_pools:*",
        "They name clinics beside one another.",
    ),
    for_clinics(Kind.PANEL, "clinicsite_attention", who=NETWORKS),
    for_clinics(Kind.PANEL, "clinicsite_notices", "What the agency tells them.", EVERYBODY),
    for_clinics(Kind.MENU_ITEM, "clinicsite-clinics clinicsite-all-clinics", who=NETWORKS),
    for_agency(Kind.MENU_ITEM, "clinicsite-{new-clinic,groups,notices,pools,retired}"),
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
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_bulk:{index,settings,setting,page,words,work,do,undo,drop}",
        "At clinics of one's own networks alone.",
        NETWORKS,
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_risk:{index,publish,back}",
        "Pages of clinics of one's own networks alone.",
        NETWORKS,
    ),
    for_clinics(Kind.MENU_ITEM, "clinicsite-{network-bulk,risk}", who=NETWORKS),
    for_agency(Kind.MENU_ITEM, "clinicsite-bulk"),
]
