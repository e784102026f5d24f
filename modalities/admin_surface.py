"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import (
    EVERYBODY,
    PUBLISHERS,
    Kind,
    for_agency,
    for_clinics,
)

JUDGEMENTS = [
    for_clinics(Kind.ADDRESS, "clinicsite_{treatments,conditions}:{index,index_results}", who=EVERYBODY),
    for_clinics(Kind.ADDRESS, "clinicsite_{treatments,conditions}:choose_parent"),
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
        "clinicsite_own_references:{index,results}",
        "A clinic's own papers are found by its own people alone.",
        EVERYBODY,
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_own_references:add "
        "clinicsite_own_reference_chooser:{choose,choose_results,chosen,chosen_multiple,create}",
        "A paper is brought while somebody writes.",
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_own_references:{edit,delete}",
        "What is saved here stands on live pages at once.",
        PUBLISHERS,
    ),
    for_agency(
        Kind.ADDRESS,
        "clinicsite_reference_requests:{index,results,answer}",
        "What every clinic asks of the library is for the library to answer.",
    ),
    for_clinics(
        Kind.MENU_ITEM,
        "clinicsite-treatments clinicsite-conditions clinicsite-own-references",
        who=EVERYBODY,
    ),
    for_agency(Kind.MENU_ITEM, "clinicsite-references clinicsite-reference-requests"),
    for_agency(Kind.BULK_ACTION, "clinicsite_modalities.reference.delete"),
    for_agency(Kind.FILTER, "ReferenceFilterSet.{study_type,is_finding_confirmed}"),
]
