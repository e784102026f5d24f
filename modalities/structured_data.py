"""Treatments and conditions for machines, with what the page says of risks, evidence and review."""

from collections import defaultdict
from typing import Any

from clinicsite.core.structured_data import (
    Node,
    Shown,
    breadcrumb,
    collection,
    description_of,
    link,
    node,
    page_about,
    picture_url,
    questions,
    register_for,
    words_of,
)
from clinicsite.library.section_kinds import SectionKind
from clinicsite.modalities.models import (
    ConditionIndexPage,
    ConditionPage,
    ModalityIndexPage,
    ModalityPage,
    Reference,
)

#: What a cited work is in schema.org's words.
WORK_TYPES = {
    Reference.CslType.ARTICLE: "ScholarlyArticle",
    Reference.CslType.BOOK: "Book",
    Reference.CslType.CHAPTER: "Chapter",
    Reference.CslType.REPORT: "Report",
    Reference.CslType.WEBPAGE: "WebPage",
}


def register() -> None:
    """Have the page types of this app described here."""
    register_for(ModalityPage, describe_treatment)
    register_for(ModalityIndexPage, describe_treatments)
    register_for(ConditionPage, describe_condition)
    register_for(ConditionIndexPage, describe_conditions)


def treatment_link(shown: Shown, page) -> Node:
    """A treatment of this clinic, as another page names it."""
    return _named("MedicalTherapy", "treatment", shown, page)


def condition_link(shown: Shown, page) -> Node:
    """A condition, as another page of this clinic names it."""
    return _named("MedicalCondition", "condition", shown, page)


def person_link(shown: Shown, person) -> Node:
    """A practitioner as a page names them; with an address where they have a page at this clinic."""
    url = shown.url_of(person)
    return node(
        "Person",
        f"{url}#person" if url else "",
        name=person.title,
        honorificSuffix=person.post_nominals,
        url=url,
    )


def describe_treatment(shown: Shown) -> list[Node]:
    """A treatment page: the therapy, in the words of the sections that patients read."""
    page, words = shown.page, _words_by_kind(shown)
    therapy = node(
        "MedicalTherapy",
        f"{shown.url}#treatment",
        url=shown.url,
        howPerformed=words[SectionKind.WHAT_TO_EXPECT],
        contraindication=words[SectionKind.CONTRAINDICATIONS],
        adverseOutcome=_outcome(words[SectionKind.RISKS]),
        followup=words[SectionKind.AFTERCARE],
        **_names(shown, page),
    )
    mentioned = [condition_link(shown, one) for one in shown.values.get("conditions") or ()]
    return [
        _clinical_page(shown, therapy, mentions=mentioned),
        therapy,
        *breadcrumb(shown),
        *questions(shown),
    ]


def describe_condition(shown: Shown) -> list[Node]:
    """A condition page: the condition, and the treatments the clinic offers for it."""
    offered = [treatment_link(shown, one) for one in shown.values.get("treatments") or ()]
    condition = node(
        "MedicalCondition",
        f"{shown.url}#condition",
        url=shown.url,
        possibleTreatment=offered,
        **_names(shown, shown.page),
    )
    return [_clinical_page(shown, condition), condition, *breadcrumb(shown), *questions(shown)]


def describe_treatments(shown: Shown) -> list[Node]:
    """The list of a clinic's treatments."""
    return collection(shown, [treatment_link(shown, one) for one in shown.values.get("treatments") or ()])


def describe_conditions(shown: Shown) -> list[Node]:
    """The list of the conditions a clinic helps with."""
    return collection(shown, [condition_link(shown, one) for one in shown.values.get("conditions") or ()])


def review_of(shown: Shown) -> dict[str, Any]:
    """When and by whom the page was reviewed; nothing while the page itself makes no such claim."""
    reviewed_on = shown.page.review_claim
    if not reviewed_on:
        return {}
    reviewer = shown.page.composed_reviewer
    return {
        "lastReviewed": reviewed_on.isoformat(),
        "reviewedBy": person_link(shown, reviewer) if reviewer else None,
    }


def citations_of(shown: Shown) -> list[Node]:
    """The works in the page's list of references, in its order."""
    return [_work(numbered.reference) for numbered in shown.values.get("references") or ()]


def _clinical_page(shown: Shown, about: Node, **more: Any) -> Node:
    return page_about(
        shown,
        "MedicalWebPage",
        about=link(about["@id"]),
        citation=citations_of(shown),
        **review_of(shown),
        **more,
    )


def _named(kind: str, fragment: str, shown: Shown, page) -> Node:
    url = shown.url_of(page)
    return node(kind, f"{url}#{fragment}" if url else "", name=page.title, url=url)


def _names(shown: Shown, page) -> dict[str, Any]:
    return {
        "name": page.title,
        "alternateName": page.composed_alternate_names,
        "description": description_of(page),
        "image": picture_url(shown),
    }


def _words_by_kind(shown: Shown) -> defaultdict[str, str]:
    """The words of the page's sections by what they are about; "" for a kind the page does not have."""
    words = defaultdict(str)
    for section in shown.stored_sections:
        kind = section["value"].get("kind") or ""
        words[kind] = f"{words[kind]}\n{words_of(section['value'].get('body') or ())}".strip()
    return words


def _outcome(words: str) -> Node | None:
    return node("MedicalEntity", description=words) if words else None


def _work(reference: Reference) -> Node:
    kind = WORK_TYPES.get(reference.csl_type, "CreativeWork")
    container = "Periodical" if kind == "ScholarlyArticle" else "CreativeWork"
    names = [f"{family} {initials}".strip() for family, initials in reference.author_names]
    return node(
        kind,
        name=reference.title,
        author=[node("Person", name=name) for name in names[:6]],
        datePublished=str(reference.year),
        isPartOf=node(container, name=reference.container_title) if reference.container_title else None,
        url=reference.link,
    )
