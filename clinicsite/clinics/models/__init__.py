from clinicsite.clinics.models.audit import AuditEntry
from clinicsite.clinics.models.groups import ClinicGroup
from clinicsite.clinics.models.hosts import ClinicHost, HostCheck, HostState
from clinicsite.clinics.models.launch import LaunchResult, MailTest, StateChange
from clinicsite.clinics.models.networks import NetworkPage
from clinicsite.clinics.models.notices import Notice
from clinicsite.clinics.models.pools import Pool
from clinicsite.clinics.models.retired import RetiredClinic, RetiredHost
from clinicsite.clinics.models.roles import AgencyRole, ClinicRole, NetworkRole
from clinicsite.clinics.models.settings import (
    ClinicKind,
    ClinicSettings,
    SiteState,
)
from clinicsite.clinics.models.settings_rows import Insurer, SocialLink

__all__ = [
    "AgencyRole",
    "AuditEntry",
    "ClinicGroup",
    "ClinicHost",
    "ClinicKind",
    "ClinicRole",
    "ClinicSettings",
    "HostCheck",
    "HostState",
    "Insurer",
    "LaunchResult",
    "MailTest",
    "NetworkPage",
    "NetworkRole",
    "Notice",
    "Pool",
    "RetiredClinic",
    "RetiredHost",
    "SiteState",
    "SocialLink",
    "StateChange",
]
