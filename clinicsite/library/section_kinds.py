"""The kinds of section a clinical page is made of."""

from django.db import models

from clinicsite.library.composition import Lock


class SectionKind(models.TextChoices):
    """What a section of a clinical page is about."""

    OVERVIEW = "overview", "Overview"
    HOW_IT_WORKS = "how_it_works", "How it works"
    WHAT_TO_EXPECT = "what_to_expect", "What to expect"
    BENEFITS = "benefits", "Benefits"
    RISKS = "risks", "Risks and side effects"
    CONTRAINDICATIONS = "contraindications", "Who should not have it"
    AFTERCARE = "aftercare", "Aftercare"
    EVIDENCE = "evidence", "Evidence"
    URGENT_HELP = "urgent_help", "When to get urgent help"
    QUESTIONS = "questions", "Questions and answers"
    COST = "cost", "Cost and insurance"
    OTHER = "other", "Other"


#: Safety sections: every clinic shows the library's, unless the library decides otherwise.
SAFETY_KINDS = frozenset({SectionKind.RISKS, SectionKind.CONTRAINDICATIONS, SectionKind.URGENT_HELP})
#: Sections a clinician need not check for the page to count as reviewed.
NOT_CLINICAL = frozenset({SectionKind.COST, SectionKind.OTHER})
SAFETY_REASON = "Patients must read the same safety information everywhere."


def default_lock(kind: str) -> tuple[Lock, str]:
    """(lock, reason) of a section whose library editor has chosen none."""
    return (Lock.LOCKED, SAFETY_REASON) if kind in SAFETY_KINDS else (Lock.FREE, "")
