from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.shared import SharedPage

__all__ = ["LibraryFolderPage", "SectionOverride", "SharedPage"]
