"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import Kind, for_agency, for_clinics

JUDGEMENTS = [
    for_clinics(Kind.ADDRESS, "clinicsite_{treatments,conditions}:{index,index_results,choose_parent}"),
    for_clinics(
        Kind.ADDRESS,
        "wagtailsnippetchoosers_clinicsite_modalities_reference:{choose,choose_results,chosen,chosen_multiple}",
        "Clinics cite the agency's references in their own words.",
    ),
    for_agency(
        Kind.ADDRESS,
        "wagtailsnippetchoosers_clinicsite_modalities_reference:create "
        "wagtailsnippets_clinicsite_modalities_reference:*",
        "References are the agency's to keep.",
    ),
    for_clinics(
        Kind.ADDRESS,
        """
        clinicsite_own_references:{index,results,add,edit,delete}
        clinicsite_own_reference_chooser:{choose,choose_results,chosen,chosen_multiple,create}
        """,
        "A clinic's own papers are found by its own people alone.",
    ),
    for_agency(
        Kind.ADDRESS,
        "clinicsite_reference_requests:{index,results,answer}",
        "What every clinic asks of the library is for the library to answer.",
    ),
    for_clinics(Kind.MENU_ITEM, "clinicsite-treatments clinicsite-conditions clinicsite-own-references"),
    for_agency(Kind.MENU_ITEM, "clinicsite-references clinicsite-reference-requests"),
    for_agency(Kind.BULK_ACTION, "clinicsite_modalities.reference.delete"),
    for_agency(Kind.FILTER, "ReferenceFilterSet.{study_type,is_finding_confirmed}"),
]
