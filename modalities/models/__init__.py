from modalities.models.conditions import ConditionIndexPage, ConditionPage
from modalities.models.evidence import EvidenceStatement
from modalities.models.modalities import ModalityIndexPage, ModalityPage
from modalities.models.references import Reference

__all__ = [
    "ConditionIndexPage",
    "ConditionPage",
    "EvidenceStatement",
    "ModalityIndexPage",
    "ModalityPage",
    "Reference",
]
