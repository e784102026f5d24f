from wagtail.admin.forms import WagtailAdminModelForm

from clinicsite.core.forms import NamesZone, OpensFirstMistake


class ClinicSettingsForm(NamesZone, OpensFirstMistake, WagtailAdminModelForm):
    """The form of a clinic's settings."""
