"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import EVERYBODY, NETWORKS, Kind, for_agency, for_clinics

JUDGEMENTS = [
    for_clinics(
        Kind.ADDRESS,
        """
        clinicsite_library:{inbox,add,add_after,compare,follow,make_independent,page_action}
        clinicsite_library:{section_action,bring_earlier_back}
        """,
        "A clinic answers the library here.",
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_library:preview_{choose,as,content}",
        "A page of the library as one's own clinic would show it.",
        EVERYBODY,
    ),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_library:{matrix,matrix_csv}",
        "Of the clinics it names those of one's own networks.",
        NETWORKS,
    ),
    for_clinics(Kind.MENU_ITEM, "clinicsite-library clinicsite-library-matrix", who=NETWORKS),
    for_agency(
        Kind.ADDRESS,
        "clinicsite_library:{release,release_history,undo_release,retire}",
        "What the library hands out.",
    ),
    for_agency(
        Kind.ADDRESS,
        "wagtailsnippets_clinicsite_library_synonymgroup:* "
        "wagtailsnippetchoosers_clinicsite_library_synonymgroup:*",
        "Words that mean the same hold for every clinic's search.",
    ),
    for_agency(
        Kind.ADDRESS,
        "wagtailsnippets_clinicsite_library_starterpack:* "
        "wagtailsnippetchoosers_clinicsite_library_starterpack:*",
        "What a new clinic begins with is the agency's to say.",
    ),
    for_agency(
        Kind.SETTING,
        "clinicsite_library.emergencyhelp",
        "What every clinic's search says in an emergency is the library's; no clinic may change it.",
    ),
    for_agency(Kind.SETTINGS_ITEM, "clinicsite-emergency-help"),
    for_clinics(Kind.MENU_ITEM, "clinicsite-library-updates"),
    for_agency(
        Kind.MENU_ITEM,
        "clinicsite-library-releases clinicsite-search-words clinicsite-starter-packs",
    ),
    for_agency(Kind.BULK_ACTION, "clinicsite_library.{synonymgroup,starterpack}.delete"),
]
