from clinicsite.clinics.models.networks import NetworkPage
from clinicsite.clinics.models.roles import ClinicRole
from clinicsite.clinics.models.settings import ClinicSettings, FontPair, Insurer, SiteState, SocialLink

__all__ = ["ClinicRole", "ClinicSettings", "FontPair", "Insurer", "NetworkPage", "SiteState", "SocialLink"]
