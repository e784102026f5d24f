from clinicsite.library.models.declined import DeclinedPage
from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.models.index import LibrarySection
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.releases import Approval, Release
from clinicsite.library.models.shared import SharedPage
from clinicsite.library.models.synonyms import SynonymGroup

__all__ = [
    "Approval",
    "DeclinedPage",
    "LibraryFolderPage",
    "LibrarySection",
    "Release",
    "SectionOverride",
    "SharedPage",
    "SynonymGroup",
]
