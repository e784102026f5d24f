from clinicsite.clinics.models.networks import NetworkPage
from clinicsite.clinics.models.roles import AgencyRole, ClinicRole
from clinicsite.clinics.models.settings import (
    ClinicKind,
    ClinicSettings,
    SiteState,
)
from clinicsite.clinics.models.settings_rows import Insurer, SocialLink

__all__ = [
    "AgencyRole",
    "ClinicKind",
    "ClinicRole",
    "ClinicSettings",
    "Insurer",
    "NetworkPage",
    "SiteState",
    "SocialLink",
]
