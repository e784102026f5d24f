from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong in a spec.

    Args:
        path: The field, such as `locations[0].phones[1].number`; empty for the whole.
        sentence: What is wrong and what to do, for whoever wrote the spec.
    """

    path: str
    sentence: str

    def __str__(self):
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


class SpecError(Exception):
    """A spec that no clinic can be made of; `faults` says why, field by field."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
