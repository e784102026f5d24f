from modalities.models.conditions import ConditionIndexPage, ConditionPage
from modalities.models.modalities import ModalityIndexPage, ModalityPage
from modalities.models.references import Reference

__all__ = ["ConditionIndexPage", "ConditionPage", "ModalityIndexPage", "ModalityPage", "Reference"]
