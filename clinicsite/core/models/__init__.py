from clinicsite.core.models.gone import GoneAddress
from clinicsite.core.models.page_changes import PageChange
from clinicsite.core.models.pages import BasePage

__all__ = ["BasePage", "GoneAddress", "PageChange"]
