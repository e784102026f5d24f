from clinicsite.clinics.models.networks import NetworkPage
from clinicsite.clinics.models.roles import AgencyRole, ClinicRole
from clinicsite.clinics.models.settings import (
    ClinicKind,
    ClinicSettings,
    Insurer,
    SiteState,
    SocialLink,
)

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
