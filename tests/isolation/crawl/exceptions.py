"""What is judged to be no leak, each with the reason; one that nothing needs any more fails the test."""

import re
from dataclasses import dataclass

from tests.isolation.crawl.judging import Leak


@dataclass(frozen=True)
class Judged:
    """Something at an address that may be learned there.

    Args:
        name: of the address, as a regular expression.
        what: how what was found begins.
    """

    name: str
    what: str
    reason: str

    def covers(self, leak: Leak) -> bool:
        return bool(re.fullmatch(self.name, leak.name)) and leak.what.startswith(self.what)


JUDGED: tuple[Judged, ...] = (
    Judged(
        "clinicsite_clinic_list",
        "names quagmoor",
        "The agency's front page names the clinics whose sites are live, to everybody.",
    ),
    Judged(
        "clinicsite_reference_requests:.*",
        "names hushwell",
        "A clinic asks the library for a paper, in the name of whoever asks, and the library answers.",
    ),
    Judged(
        "clinicsite_reference_requests:answer",
        "changed: ",
        "The answer stands with the paper.",
    ),
    Judged(
        "wagtailadmin_error_test",
        "failed with 500",
        "Wagtail's trial of its own page for errors, which is the agency's alone.",
    ),
)


def left_of(leaks: list[Leak]) -> list[Leak]:
    """The leaks that are not judged to be none."""
    return [leak for leak in leaks if not any(one.covers(leak) for one in JUDGED)]


def needed_for(leaks: list[Leak]) -> set[Judged]:
    """The exceptions that one of these needs."""
    return {one for one in JUDGED for leak in leaks if one.covers(leak)}
