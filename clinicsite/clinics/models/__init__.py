from clinicsite.clinics.models.audit import AuditEntry
from clinicsite.clinics.models.hosts import ClinicHost, HostCheck, HostState
from clinicsite.clinics.models.launch import LaunchResult, MailTest, StateChange
from clinicsite.clinics.models.networks import NetworkPage
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
    "SiteState",
    "SocialLink",
    "StateChange",
]
