"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import (
    EVERYBODY,
    EVERYBODYS_OWN,
    PUBLISHERS_AND_READERS,
    Kind,
    for_clinics,
)

JUDGEMENTS = [
    for_clinics(
        Kind.ADDRESS, "clinicsite_account:{account,confirm}", "One's own account alone.", EVERYBODYS_OWN
    ),
    for_clinics(Kind.ADDRESS, "clinicsite_visit", "It leads to sites of one's own alone.", EVERYBODY),
    for_clinics(Kind.ADDRESS, "clinicsite_audit:{index,results}", "Of one's own clinics alone.", EVERYBODY),
    for_clinics(Kind.REPORT, "clinicsite-audit"),
    for_clinics(
        Kind.ADDRESS, "clinicsite_switch", "It names the clinics at which one works.", EVERYBODYS_OWN
    ),
    for_clinics(Kind.MENU_ITEM, "clinicsite-switch", who=EVERYBODY),
    for_clinics(Kind.FILTER, "AuditFilterSet.{kind,site,days}"),
    for_clinics(Kind.ADDRESS, "clinicsite_addresses:index", "The hosts of one's own clinics alone."),
    for_clinics(Kind.ADDRESS, "clinicsite_launch:index", "One's own clinics alone."),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_mail_test",
        "Whoever has the link of a mail, with a login or not.",
        EVERYBODYS_OWN,
    ),
    for_clinics(Kind.ADDRESS, "clinicsite_drafts:discard", "A page that one may edit, or it is not there."),
    for_clinics(Kind.SETTING, "clinicsite_clinics.clinicsettings"),
    for_clinics(Kind.SETTINGS_ITEM, "clinic"),
    for_clinics(
        Kind.ADDRESS,
        "clinicsite_read_settings:{index,clinic}",
        "One's own clinics alone, and nothing is changed there.",
        PUBLISHERS_AND_READERS,
    ),
    for_clinics(Kind.SETTINGS_ITEM, "clinicsite-read-settings", who=PUBLISHERS_AND_READERS),
    for_clinics(
        Kind.FILTER,
        """
        {ClinicPageFilterSet,ClinicListingFilterSet}.{latest_revision_created_at,has_child_pages}
        ClinicPageFilterSet.content_type
        ClinicLockedPagesFilterSet.{locked_at,live}
        ClinicWorkflowFilterSet.{reviewable,status,created_at}
        ClinicWorkflowTasksFilterSet.{reviewable,status,started_at,finished_at}
        """,
    ),
]
