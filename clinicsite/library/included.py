"""Warning signs: words of the library that stand within other pages, one text for all that need them.

A section names the page of warning signs; the words are put in when it is read, so that a page has them as
they are now: also one that is held, piloted or retired, and one of a clinic's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from wagtail.models import Page, ReferenceIndex

from clinicsite.core.rendering import current_rendering
from clinicsite.library.stored import INCLUDED, StoredBlock, StoredSection, included_keys
from clinicsite.library.versions.read_by_clinic import version_for_everyone

#: Where a rendering keeps what it has read of all warning signs.
REMEMBERED = "clinicsite_included"


@dataclass(frozen=True)
class Included:
    """What pages read of one page of warning signs, and when a clinician has checked it."""

    page_id: int
    title: str
    body: list[StoredBlock]
    reviewed_on: date | None


def included_models() -> list[type[Page]]:
    """The page types whose words stand within other pages, and that no clinic follows."""
    return [model for model in apps.get_models() if getattr(model, "is_included", False)]


def all_included() -> dict[int, Included]:
    """{key of a page: what is read of it} for all warning signs of the library; one query a type of page.

    One that has been taken down is read on as it was when it was taken down: no page loses a warning by it.
    """
    found = {}
    for model in included_models():
        for page in model.objects.all():
            version = page if page.live else version_for_everyone(page)
            if version is not None:
                found[page.pk] = _read(page, version)
    return found


def included_in(bodies: Iterable[Iterable[StoredBlock]]) -> list[Included]:
    """The warning signs that stored bodies name, each once; asks nothing where they name none."""
    keys = dict.fromkeys(key for body in bodies for key in included_keys(body))
    known = _known() if keys else {}
    return [known[key] for key in keys if key in known]


def with_included(raw: Iterable[StoredSection]) -> list[StoredSection]:
    """Stored sections with the words of warning signs where these are named."""
    sections = list(raw)
    if not any(True for section in sections for _ in included_keys(section["value"]["body"])):
        return sections
    known = _known()
    return [
        {**section, "value": {**section["value"], "body": list(_filled(section["value"]["body"], known))}}
        for section in sections
    ]


def body_with_included(body: list[StoredBlock]) -> list[StoredBlock]:
    """A stored body with the words of the warning signs that it names."""
    return list(_filled(body, _known())) if included_keys(body) else body


def pages_including(page: Page) -> list[Page]:
    """The pages that name these warning signs: of the library, and of clinics in words of their own."""
    references = ReferenceIndex.get_references_to(page).filter(model_path__endswith=INCLUDED)
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    return list(Page.objects.filter(pk__in=keys).exclude(pk=page.pk).order_by("path").specific())


def _known() -> Mapping[int, Included]:
    return current_rendering().remember(REMEMBERED, all_included)


def _read(page, version):
    sections = (child["value"] for child in version.sections.raw_data)
    words = [block for value in sections for block in value["body"] if not list(included_keys([block]))]
    return Included(page.pk, page.title, words, version.reviewed_on)


def _filled(body: list[Any], known) -> Iterator[Any]:
    for block in body:
        keys = list(included_keys([block]))
        if keys and keys[0] in known:
            yield from known[keys[0]].body
        elif not keys:
            yield block
