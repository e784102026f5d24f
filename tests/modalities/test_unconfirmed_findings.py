"""A finding that nobody has read in the paper carries no headline."""

import re

import pytest
from django.core.exceptions import ValidationError

from clinicsite.core.publishing import reasons_against_publishing
from clinicsite.demo import data
from clinicsite.library.releasing.checks import warnings_about
from clinicsite.modalities.claims import claims_in
from clinicsite.modalities.models import EvidenceStatement, Reference
from tests.factories import ConditionPageFactory, ModalityPageFactory, ReferenceFactory, section
from tests.library.pages import library_treatment

DO = "Read the paper and tick that under References, or cite another."


@pytest.fixture
def doubtful(db):
    return ReferenceFactory(authors="Chys, M", year=2023, is_finding_confirmed=False)


@pytest.fixture
def read(db):
    return ReferenceFactory()


def cited(words, *references):
    marks = "".join(f'<a linktype="clinicsite-citation" id="{one.pk}">mark</a>' for one in references)
    return f"{words}{marks}."


def callout(*sentences):
    text = f"<p>{' '.join(sentences)}</p>"
    return {"type": "callout", "id": "c", "value": {"style": "information", "heading": "", "text": text}}


def paragraph(*sentences):
    return {"type": "paragraph", "id": "p", "value": f"<p>{' '.join(sentences)}</p>"}


def page(library, *body, **fields):
    return library_treatment(library, section("Evidence", kind="evidence", body=list(body)), **fields)


def test_each_sentence_has_the_citations_that_stand_in_it(doubtful, read):
    body = [callout(cited("It helps", read), "This is not known.", cited("It lasts", doubtful, read))]
    found = [(claim.words, set(claim.reference_ids), claim.stands_out) for claim in claims_in(body)]
    assert found == [("It helps.", {read.pk}, True), ("It lasts.", {doubtful.pk, read.pk}, True)]


def test_a_callout_that_rests_on_it_keeps_the_page_from_release(library, doubtful, read):
    draft = page(library, callout(cited("It does as well as other care", doubtful), cited("It helps", read)))
    assert reasons_against_publishing(draft) == [
        "“It does as well as other care.” stands out on the page, and rests on a finding that nobody has "
        f"read in the paper yet. {DO}"
    ]
    with pytest.raises(ValidationError):
        draft.save_revision().publish()


def test_beside_a_confirmed_one_it_may_stand(library, doubtful, read):
    assert reasons_against_publishing(page(library, callout(cited("It helps", doubtful, read)))) == []


def test_running_text_is_named_before_a_release_and_not_refused(library, doubtful):
    draft = page(library, paragraph(cited("An overview found the same", doubtful)))
    assert reasons_against_publishing(draft) == []
    expected = f"“An overview found the same.” rests on a finding that nobody has read in the paper yet. {DO}"
    assert expected in warnings_about(draft, [], draft.reviewed_on)


def test_the_words_on_the_strength_of_the_evidence_cannot_rest_on_it(library, clinic, doubtful):
    condition = ConditionPageFactory(parent=library, title="Neck pain")
    for one in (library_treatment(library, title="Needling"), ModalityPageFactory()):
        one.evidence_statements = [
            EvidenceStatement(condition=condition, strength="good", statement="It helps.", reference=doubtful)
        ]
        assert reasons_against_publishing(one) == [
            "What the evidence says of Neck pain rests on Chys 2023, a finding that nobody has read in the "
            f"paper yet. {DO}"
        ]
        Reference.objects.filter(pk=doubtful.pk).update(is_finding_confirmed=True)
        doubtful.refresh_from_db()
        assert reasons_against_publishing(one) == []
        Reference.objects.filter(pk=doubtful.pk).update(is_finding_confirmed=False)
        doubtful.refresh_from_db()


def test_what_a_clinic_writes_itself_is_not_refused(doubtful):
    own = ModalityPageFactory(sections=[section("Ours", body=[callout(cited("It helps", doubtful))])])
    assert reasons_against_publishing(own) == []


@pytest.mark.parametrize("key", data.CLINICS)
def test_no_clinic_of_the_demo_lets_one_carry_a_callout_or_a_benefit(key):
    unread = {one["id"] for one in data.references() if one["custom"]["finding_to_confirm"]}
    pages = [*data.posts(key).values(), *data.clinic(key).get("treatments", [])]
    blocks = [block for one in pages for part in one.get("sections", []) for block in part["body"]]
    texts = [block["text"] for block in blocks if block["type"] == "callout"]
    texts += [item["text"] for block in blocks if block["type"] == "benefits" for item in block["items"]]
    assert not [text for text in texts for name in unread if f"@{name}" in text]


def test_events_counted_over_treatments_are_not_told_as_treatments_with_an_event():
    # Brady counted 1,463 events over 7,629 treatments and Boyce 7,531 over 20,464 sessions: a treatment can
    # have several, so neither says in how many treatments something happened.
    told = re.compile(r"(?:1 in [0-9,]+|[0-9.]+% of(?: [0-9,]+)?) (?:treatments|sessions)")
    files = {path: path.read_text(encoding="utf-8") for path in data.FOLDER.rglob("*.toml")}
    assert len(files) > 40
    assert not [(path.name, found[0]) for path, text in files.items() if (found := told.search(text))]
