"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import Kind, for_clinics

JUDGEMENTS = [
    for_clinics(
        Kind.ADDRESS,
        """
        contact_messages:{index,results,read,answered,delete}
        missed_searches:{index,results}
        posts:{index,index_results,choose_parent}
        """,
        "Messages and searches are found in one's own clinics alone.",
    ),
    for_clinics(Kind.MENU_ITEM, "messages missed-searches posts"),
    for_clinics(Kind.PANEL, "clinic_tasks"),
    for_clinics(Kind.FILTER, "MessageFilterSet.{kind,state}"),
]
