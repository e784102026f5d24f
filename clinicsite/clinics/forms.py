from clinicsite.core.forms import NamesZone, OpensFirstMistake
from clinicsite.core.stale_saves import AdminModelForm


class ClinicSettingsForm(NamesZone, OpensFirstMistake, AdminModelForm):
    """The form of a clinic's settings."""
