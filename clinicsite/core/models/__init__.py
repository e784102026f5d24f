from clinicsite.core.models.gone import GoneAddress
from clinicsite.core.models.media import CustomDocument, CustomImage, Rendition
from clinicsite.core.models.pages import BasePage
from clinicsite.core.models.users import User

__all__ = ["BasePage", "CustomDocument", "CustomImage", "GoneAddress", "Rendition", "User"]
