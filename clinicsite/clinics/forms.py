from clinicsite.core.forms import NamesZone
from clinicsite.core.stale_saves import AdminModelForm


class ClinicSettingsForm(NamesZone, AdminModelForm):
    """The form of a clinic's settings."""
