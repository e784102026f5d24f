from clinicsite.modalities.models.conditions import ConditionIndexPage, ConditionPage
from clinicsite.modalities.models.evidence import EvidenceStatement
from clinicsite.modalities.models.modalities import ModalityIndexPage, ModalityPage
from clinicsite.modalities.models.own_references import OwnReference
from clinicsite.modalities.models.references import Reference
from clinicsite.modalities.models.warnings import WarningSignsPage

__all__ = [
    "ConditionIndexPage",
    "ConditionPage",
    "EvidenceStatement",
    "ModalityIndexPage",
    "ModalityPage",
    "OwnReference",
    "Reference",
    "WarningSignsPage",
]
