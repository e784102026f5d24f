from wagtail.admin.forms import WagtailAdminModelForm

from clinicsite.core.forms import NamesZone


class ClinicSettingsForm(NamesZone, WagtailAdminModelForm):
    """The form of a clinic's settings."""
