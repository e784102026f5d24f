from clinicsite.clinics.models.groups import ClinicGroup
from clinicsite.clinics.models.networks import NetworkPage
from clinicsite.clinics.models.notices import Notice
from clinicsite.clinics.models.pools import Pool
from clinicsite.clinics.models.retired import RetiredClinic, RetiredHost
from clinicsite.clinics.models.roles import AgencyRole, ClinicRole
from clinicsite.clinics.models.settings import (
    ClinicKind,
    ClinicSettings,
    SiteState,
)
from clinicsite.clinics.models.settings_rows import Insurer, SocialLink

__all__ = [
    "AgencyRole",
    "ClinicGroup",
    "ClinicKind",
    "ClinicRole",
    "ClinicSettings",
    "Insurer",
    "NetworkPage",
    "Notice",
    "Pool",
    "RetiredClinic",
    "RetiredHost",
    "SiteState",
    "SocialLink",
]
