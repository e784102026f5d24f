"""Every reference of the demo can be stored, and comes out as the CSL item it came from."""

import json

import pytest

from clinicsite.demo import data
from clinicsite.modalities.models import Reference

ITEMS = json.loads((data.FOLDER / "references.json").read_text(encoding="utf-8"))


def reference_from(item):
    custom = item["custom"]
    return Reference(
        citation_key=item["id"],
        csl_type=item["type"],
        title=item["title"],
        authors="\n".join(f"{author['family']}, {author['given']}" for author in item["author"]),
        has_all_authors=custom["author_list_complete"],
        container_title=item["container-title"],
        year=item["issued"]["date-parts"][0][0],
        volume=item["volume"],
        issue=item.get("issue", ""),
        page=item["page"],
        doi=item["DOI"],
        pmid=item.get("PMID", ""),
        study_type=custom["study_type"],
        finding=custom["finding"],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
def test_a_reference_comes_out_as_the_csl_item_it_came_from(item):
    reference = reference_from(item)
    reference.full_clean()
    reference.save()
    came_from = {name: value for name, value in item.items() if name != "custom"}
    # DOIs ignore case, and are kept in one, so that none is stored twice.
    came_from["DOI"] = item["DOI"].lower()
    assert Reference.objects.get(citation_key=item["id"]).as_csl() == came_from


def test_no_two_references_of_the_demo_share_a_doi_or_a_key():
    assert len({item["DOI"].lower() for item in ITEMS}) == len(ITEMS)
    assert len({item["id"] for item in ITEMS}) == len(ITEMS)
