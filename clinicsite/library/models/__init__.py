"""The library's tables. What the pages that read it have in common is in `shared_pages`."""

from clinicsite.library.models.emergency import EmergencyHelp
from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.models.library import DeclinedPage, LibrarySection
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.packs import ChosenPack, PackOfGroup, StarterPack, StarterPackRow
from clinicsite.library.models.releases import Approval, Release
from clinicsite.library.models.synonyms import SynonymGroup

__all__ = [
    "Approval",
    "ChosenPack",
    "DeclinedPage",
    "EmergencyHelp",
    "LibraryFolderPage",
    "LibrarySection",
    "PackOfGroup",
    "Release",
    "SectionOverride",
    "StarterPack",
    "StarterPackRow",
    "SynonymGroup",
]
