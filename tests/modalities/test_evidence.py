"""What the evidence says of a treatment, on a condition's page: the library's word or the clinic's own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import inline_formset

from clinicsite.library.joining.independence import follow, leave
from clinicsite.library.releasing.releases import retire
from clinicsite.modalities.models import EvidenceStatement, ModalityPage
from tests.factories import ConditionIndexPageFactory, ConditionPageFactory, ReferenceFactory
from tests.library.pages import OVERVIEW, follower_of, fresh, library_treatment
from tests.library.panel_form import edit_address, form_data
from tests.library.releasing import draft, pilot

SUMMED_UP = "summed up"


def said(condition, statement="It helped for some weeks.", strength="some", **fields):
    """A statement about a condition, with a source."""
    fields = {"reference": None if strength == "unknown" else ReferenceFactory()} | fields
    return EvidenceStatement(condition=condition, statement=statement, strength=strength, **fields)


@pytest.fixture
def manager(django_user_model):
    return django_user_model.objects.create_superuser("manager", "manager@agency.example", "x")


@pytest.fixture
def elbow(library):
    return ConditionPageFactory(parent=library, title="Tennis elbow")


@pytest.fixture
def needling(library, elbow):
    """The library's needling, used for a tennis elbow, with a statement."""
    page = library_treatment(library, OVERVIEW, conditions=[elbow])
    page.evidence_statements = [said(elbow, "The library's word.")]
    page.save()
    return page


@pytest.fixture
def conditions(clinic):
    return ConditionIndexPageFactory(parent=clinic.home)


@pytest.fixture
def own_elbow(conditions, elbow):
    return ConditionPageFactory(parent=conditions, title="Tennis elbow", library_page=elbow, sections=[])


@pytest.fixture
def treatment(needling, clinic, own_elbow):
    """The clinic's needling, which follows the library's, beside its tennis elbow."""
    return follower_of(needling, clinic)


@pytest.fixture
def read(visit):
    """What a patient reads of each treatment: `read()`."""

    def statements(path="/conditions/tennis-elbow/"):
        response = visit(path)
        assert response.status_code == 200
        return [one.statement and one.statement.statement for one in response.context["evidence"]]

    return statements


def add(page, *statements):
    page = ModalityPage.objects.get(pk=page.pk)
    page.evidence_statements = [*page.evidence_statements.all(), *statements]
    page.save()


def test_a_follower_reads_the_librarys_statement_with_its_strength_and_source(treatment, visit):
    response = visit("/conditions/tennis-elbow/")
    text = response.text
    assert "The library&#x27;s word." in text
    assert "Some evidence" in text
    (numbered,) = response.context["references"]
    assert f'href="#ref-{numbered.number}"' in text


def test_the_clinics_own_statement_stands_instead(treatment, own_elbow, elbow, read):
    for about in (own_elbow, elbow):
        add(treatment, said(about, "Our own word."))
        assert read() == ["Our own word."]
        EvidenceStatement.objects.filter(page=treatment).delete()
    assert read() == ["The library's word."]


def test_a_statement_about_another_condition_is_not_read_here(treatment, conditions, read):
    knee = ConditionPageFactory(parent=conditions, title="Knee pain")
    add(treatment, said(knee, "About knees."))
    assert read() == ["The library's word."]


def test_where_nobody_has_summed_it_up_the_treatment_stands_without_a_verdict(treatment, needling, visit):
    EvidenceStatement.objects.filter(page=needling).delete()
    text = visit("/conditions/tennis-elbow/").text
    listed = text[text.index('<article class="evidence">') : text.index("What these words mean")]
    assert "A promise in one sentence." in listed
    assert SUMMED_UP not in text
    assert "evidence__strength" not in listed


def test_the_treatments_page_says_the_same_of_the_strength(treatment, needling, elbow, own_elbow, visit):
    shown = visit(treatment.url).text
    listed = shown[shown.index('id="aside-conditions"') :]
    listed = listed[: listed.index("</ul>")]
    assert "Tennis elbow" in listed
    assert "Some evidence" in listed
    add(treatment, said(own_elbow, "Our own word.", "little"))
    assert "Little evidence" in visit(treatment.url).text
    EvidenceStatement.objects.all().delete()
    assert "evidence__strength" not in visit(treatment.url).text


def test_a_claim_without_its_source_is_not_shown_and_not_accepted(treatment, needling, read):
    EvidenceStatement.objects.get(page=needling).reference.delete()
    assert read() == [None]
    with pytest.raises(ValidationError, match="Choose the study"):
        EvidenceStatement.objects.get(page=needling).clean()


def test_that_something_is_not_known_needs_no_source(treatment, needling, elbow, read):
    EvidenceStatement.objects.all().delete()
    unknown = said(elbow, "Nobody has studied it.", "unknown")
    unknown.clean()
    add(needling, unknown)
    assert read() == ["Nobody has studied it."]


def test_another_clinics_statement_is_never_read(treatment, needling, other_clinic, elbow, read):
    theirs = follower_of(needling, other_clinic)
    add(theirs, said(elbow, "The word of the other clinic."))
    assert read() == ["The library's word."]


def test_a_pilot_reads_the_statements_of_the_release_it_tries(
    treatment, needling, elbow, clinic, manager, read
):
    draft(needling, evidence_statements=[said(elbow, "Newer findings.")])
    assert read() == ["The library's word."]
    pilot(needling, manager, clinic)
    assert read() == ["Newer findings."]


def test_what_another_clinic_tries_changes_nothing_here(
    treatment, needling, elbow, other_clinic, manager, read
):
    follower_of(needling, other_clinic)
    draft(needling, evidence_statements=[said(elbow, "Newer findings.")])
    pilot(needling, manager, other_clinic)
    assert read() == ["The library's word."]


def test_a_source_that_is_deleted_during_a_pilot_breaks_no_page(
    treatment, needling, elbow, clinic, manager, visit
):
    statement = said(elbow, "Newer findings.")
    draft(needling, evidence_statements=[statement])
    pilot(needling, manager, clinic)
    statement.reference.delete()
    response = visit("/conditions/tennis-elbow/")
    assert response.context["references"] == []
    assert 'href="#ref-' not in response.text


def test_of_a_retired_page_the_last_released_statement_stays(treatment, needling, elbow, manager, read):
    draft(needling, evidence_statements=[said(elbow, "Never released.")])
    retire(needling.pk, manager)
    assert read() == ["The library's word."]


def test_a_page_that_holds_its_sections_reads_new_findings_at_once(treatment, needling, elbow, read):
    treatment.held_sections = list(needling.sections.raw_data)
    treatment.save()
    needling.evidence_statements = [said(elbow, "Newer findings.")]
    needling.save()
    assert read() == ["Newer findings."]


def change(page, what, *arguments):
    page = fresh(page)
    what(page, *arguments)
    page.save_revision().publish()


def test_a_page_that_leaves_the_library_keeps_what_it_read_and_gives_it_back(
    treatment, needling, own_elbow, elbow, read
):
    change(treatment, leave)
    (kept,) = EvidenceStatement.objects.filter(page=treatment)
    assert (kept.condition, kept.statement) == (own_elbow, "The library's word.")
    needling.evidence_statements = [said(elbow, "Newer findings.")]
    needling.save()
    assert read() == ["The library's word."]
    change(treatment, follow, needling)
    assert read() == ["Newer findings."]


def test_what_was_changed_meanwhile_stays_the_clinics_own(treatment, needling, read):
    change(treatment, leave)
    EvidenceStatement.objects.filter(page=treatment).update(statement="Our own word.")
    change(treatment, follow, needling)
    assert read() == ["Our own word."]


def test_a_page_that_leaves_with_its_own_word_on_a_condition_takes_no_second(treatment, own_elbow, read):
    add(treatment, said(own_elbow, "Our own word."))
    change(treatment, leave)
    assert EvidenceStatement.objects.filter(page=treatment).count() == 1
    assert read() == ["Our own word."]


def test_any_number_of_treatments_costs_the_same(library, clinic, own_elbow, elbow, treatment, visit):
    def queries():
        visit("/conditions/tennis-elbow/")
        with CaptureQueriesContext(connection) as captured:
            visit("/conditions/tennis-elbow/")
        return [query["sql"][:150] for query in captured.captured_queries]

    few = queries()
    for number in range(4):
        shared = library_treatment(library, OVERVIEW, title=f"Treatment {number}", conditions=[elbow])
        add(shared, said(elbow))
        follower_of(shared, clinic)
    assert len(queries()) == len(few)


def row(condition, **fields):
    return {"condition": condition.pk, "strength": "unknown", "statement": "Not studied yet.", **fields}


def post(browser, page, *rows):
    data = form_data(page, evidence_statements=inline_formset(list(rows)), **{"action-publish": "1"})
    return browser.post(edit_address(page), data)


def test_an_owner_says_their_own_about_their_condition_or_the_librarys(
    treatment, own_elbow, elbow, owner, admin_client_of, read
):
    browser = admin_client_of(owner)
    for about in (own_elbow, elbow):
        EvidenceStatement.objects.filter(page=treatment).delete()
        assert post(browser, treatment, row(about)).status_code == 302
        assert read() == ["Not studied yet."]


def test_another_clinics_condition_is_refused_and_not_named(treatment, other_clinic, owner, admin_client_of):
    foreign = ConditionPageFactory(parent__parent=other_clinic.home, title="Secret ailment")
    response = post(admin_client_of(owner), treatment, row(foreign))
    assert response.status_code == 200
    assert "Secret ailment" not in response.text
    assert not EvidenceStatement.objects.filter(page=treatment).exists()


def test_a_condition_of_another_clinic_that_came_with_a_page_is_not_named(
    treatment, other_clinic, owner, admin_client_of
):
    foreign = ConditionPageFactory(parent__parent=other_clinic.home, title="Secret ailment")
    add(treatment, said(foreign))
    response = admin_client_of(owner).get(edit_address(treatment))
    assert response.status_code == 200
    assert "Secret ailment" not in response.text


def test_a_statement_about_a_condition_that_the_library_has_retired_can_still_be_saved(
    treatment, elbow, owner, admin_client_of
):
    add(treatment, said(elbow, strength="unknown"))
    statement = EvidenceStatement.objects.get(page=treatment)
    elbow.unpublish()
    rows = inline_formset([row(elbow, id=statement.pk)], initial=1)
    data = form_data(treatment, evidence_statements=rows, **{"action-publish": "1"})
    assert admin_client_of(owner).post(edit_address(treatment), data).status_code == 302


def test_two_statements_about_one_condition_are_refused(treatment, elbow, owner, admin_client_of):
    response = post(admin_client_of(owner), treatment, row(elbow), row(elbow))
    assert response.status_code == 200
    assert not EvidenceStatement.objects.filter(page=treatment).exists()


def test_another_clinics_editor_sees_nothing_of_it(treatment, other_owner, admin_client_of):
    assert admin_client_of(other_owner).get(edit_address(treatment)).status_code in (302, 403, 404)
