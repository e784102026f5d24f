"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import (
    EVERYBODY,
    PUBLISHERS,
    PUBLISHERS_AND_READERS,
    Kind,
    for_agency,
    for_clinics,
)

JUDGEMENTS = [
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_missed_searches:{index,results} clinicsite_posts:{index,index_results}",
        "Searches are found in one's own clinics alone.",
        EVERYBODY,
    ),
    for_clinics(Kind.ADDRESS, "clinicsite_posts:choose_parent"),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_messages:{index,results,read}",
        "What patients wrote is not for whoever writes pages.",
        PUBLISHERS_AND_READERS,
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_messages:{answered,delete}",
        "Messages are found in one's own clinics alone.",
        PUBLISHERS,
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_desk:{today,day,phone,notice,undo}",
        "A place or a clinic is found in one's own alone, and what is taken back was done by oneself.",
        PUBLISHERS,
    ),
    for_agency(
        Kind.ADDRESS,
        "clinicsite_undone:{index,again}",
        "What failed is the agency's to mend, for every clinic.",
    ),
    for_agency(Kind.REPORT, "clinicsite-undone"),
    for_clinics(Kind.MENU_ITEM, "clinicsite-messages", who=PUBLISHERS_AND_READERS),
    for_clinics(Kind.MENU_ITEM, "clinicsite-missed-searches clinicsite-posts", who=EVERYBODY),
    for_clinics(Kind.PANEL, "clinicsite_tasks"),
    for_clinics(Kind.FILTER, "MessageFilterSet.{kind,state,clinic} MissedSearchFilterSet.site"),
]
