from clinicsite.clinics.tenancy.scope import is_projects_person_at_work
from clinicsite.core.models.pages import BasePage
from clinicsite.core.page_types import PageTypes

#: What may stand in a network. A front page adds itself.
NETWORK_PAGES = PageTypes()


@NETWORK_PAGES.register
class NetworkPage(BasePage):
    """A folder of clinics. A grant on it covers every clinic inside."""

    parent_page_types = ["wagtailcore.Page", "clinicsite_clinics.NetworkPage"]
    subpage_types = NETWORK_PAGES
    has_readers = False
    preview_modes = []
    preview_modes = []
    keeps_records = True
    page_description = "A folder of clinics. Patients never see it."

    promote_panels = []

    class Meta:
        verbose_name = "network"

    @classmethod
    def can_create_at(cls, parent):
        return not is_projects_person_at_work() and super().can_create_at(parent)
