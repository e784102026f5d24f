from clinicsite.core.models import BasePage


class NetworkPage(BasePage):
    """A folder of clinics. A grant on it covers every clinic inside."""

    parent_page_types = ["wagtailcore.Page", "clinics.NetworkPage"]
    subpage_types = ["clinics.NetworkPage", "home.HomePage"]
    preview_modes = []
    page_description = "A folder of clinics. Patients never see it."

    promote_panels = []

    class Meta:
        verbose_name = "network"
