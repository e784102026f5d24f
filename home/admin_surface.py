"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import Kind, for_agency, for_clinics

JUDGEMENTS = [
    for_clinics(
        Kind.ADDRESS,
        """
        clinicsite_messages:{index,results,read,answered,delete}
        clinicsite_missed_searches:{index,results}
        clinicsite_posts:{index,index_results,choose_parent}
        """,
        "Messages and searches are found in one's own clinics alone.",
    ),
    for_agency(
        Kind.ADDRESS,
        "clinicsite_undone:{index,again}",
        "What failed is the agency's to mend, for every clinic.",
    ),
    for_agency(Kind.REPORT, "clinicsite-undone"),
    for_clinics(Kind.MENU_ITEM, "clinicsite-messages clinicsite-missed-searches clinicsite-posts"),
    for_clinics(Kind.PANEL, "clinicsite_tasks"),
    for_clinics(Kind.FILTER, "MessageFilterSet.{kind,state,clinic} MissedSearchFilterSet.site"),
]
