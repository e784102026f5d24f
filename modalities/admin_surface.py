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
    for_clinics(Kind.MENU_ITEM, "clinicsite-treatments clinicsite-conditions"),
    for_agency(Kind.MENU_ITEM, "clinicsite-references"),
    for_agency(Kind.BULK_ACTION, "clinicsite_modalities.reference.delete"),
    for_agency(Kind.FILTER, "ReferenceFilterSet.{study_type,is_finding_confirmed}"),
]
