"""The parts of a graph that know no page: nodes, the script element, plain words, and the checker itself."""

import pytest

from clinicsite.core.structured_data import as_script, link, node, plain_text, questions_in, words_of
from tests.core.schema_org import graph_in, problems_in

ROOT = "https://north.example"


def item(**value):
    return {"type": "item", "value": value, "id": "1"}


def test_a_node_holds_only_what_is_known():
    assert node("Person", "#one", name="Robin", jobTitle="", knowsLanguage=[], image=None) == {
        "@type": "Person",
        "@id": "#one",
        "name": "Robin",
    }


def test_a_node_without_an_id_has_none():
    assert node("Person", "", name="Robin") == {"@type": "Person", "name": "Robin"}


def test_nothing_is_taken_for_unknown_that_is_a_number():
    assert node("GeoCoordinates", latitude=0.0)["latitude"] == 0.0


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!--", "A & B", "é “quoted” \\ \u2028"]
)
def test_no_text_can_end_the_script_and_all_text_comes_back_as_it_was(words):
    script = as_script([node("Thing", name=words)])
    assert script.count("<") == 2
    assert graph_in(script) == [{"@type": "Thing", "name": words}]


def test_the_script_is_a_data_block_that_no_browser_executes():
    assert as_script([]).startswith('<script type="application/ld+json">')


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("<ul><li>Ice</li><li>Rest</li></ul>", "Ice\nRest"),
        ("<p>Heat &amp; cold &lt; 40</p>", "Heat & cold < 40"),
        ('<p>It helps<a linktype="clinicsite-citation" id="7">[7]</a>.</p>', "It helps."),
        ('<p>See <a linktype="page" id="3">this page</a>.</p>', "See this page."),
        ("First<br/>second", "First\nsecond"),
        ("", ""),
        (None, ""),
    ],
)
def test_rich_text_becomes_the_words_a_patient_reads(html, text):
    assert plain_text(html) == text


def test_the_words_of_a_section_are_those_of_its_blocks_in_order():
    body = [
        {"type": "paragraph", "value": "<p>Before.</p>"},
        {"type": "steps", "value": {"items": [item(title="Talk", text="<p>We listen.</p>")]}},
        {"type": "grouped_list", "value": {"groups": [item(heading="Not if", items=["You do not want it"])]}},
        {"type": "callout", "value": {"style": "urgent", "heading": "", "text": "<p>Call 911.</p>"}},
        {"type": "picture", "value": {"image": 4, "caption": "A room."}},
    ]
    assert words_of(body) == "Before.\nTalk\nWe listen.\nNot if\nYou do not want it\nCall 911."


def test_questions_are_found_wherever_they_stand():
    asked = {"items": [item(question="Does it hurt?", answer="<p>A <b>little</b>.</p>")]}
    old = {"items": [{"question": "May I eat?", "answer": "<p>Yes.</p>"}]}
    sections = [
        {"value": {"body": [{"type": "paragraph", "value": "<p>No question.</p>"}]}},
        {"value": {"body": [{"type": "questions", "value": asked}, {"type": "questions", "value": old}]}},
        {"value": {}},
    ]
    assert questions_in(sections) == [("Does it hurt?", "A little."), ("May I eat?", "Yes.")]


GOOD = node(
    ["MedicalClinic", "Physiotherapy"],
    f"{ROOT}/#place",
    name="North Clinic",
    availableService=node("MedicalTherapy", name="Dry needling"),
    openingHoursSpecification=node(
        "OpeningHoursSpecification", opens="09:00", closes="17:00", dayOfWeek="https://schema.org/Monday"
    ),
)


def test_the_checker_finds_nothing_wrong_with_a_good_graph():
    assert problems_in([GOOD, node("WebPage", about=link(f"{ROOT}/#place"))], ROOT) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (node("Physio", name="North"), "There is no type Physio."),
        (node("Person", colour="red"), "There is no property colour."),
        (
            node("Physiotherapy", medicalSpecialty="https://schema.org/Musculoskeletal"),
            "medicalSpecialty does not",
        ),
        (node("Person", lastReviewed="2026-01-01"), "lastReviewed does not belong"),
        (node("WebPage", lastReviewed="last May"), "lastReviewed of ['WebPage'] cannot be 'last May'"),
        (node("Person", sameAs="www.example"), "sameAs of ['Person'] cannot be"),
        (node("OpeningHoursSpecification", opens="9 am"), "opens of"),
        (node("OpeningHoursSpecification", dayOfWeek="Moonday"), "dayOfWeek of"),
        (node("ListItem", position="first <b>one</b>"), "position of"),
        (node("GeoCoordinates", latitude=True), "latitude of"),
        (node("WebPage", about=node("Physio")), "There is no type Physio."),
        (node("WebPage", reviewedBy=node("Event", name="A visit")), "reviewedBy of"),
        (node("Organization", branchOf=link(f"{ROOT}/#a")), "branchOf is superseded by parentOrganization."),
        (node("WebPage", about=link("https://south.example/#x")), "leads off the site."),
        (node("Person", name=" "), "name of"),
    ],
)
def test_the_checker_finds_what_is_wrong(wrong, problem):
    assert any(problem in found for found in problems_in([wrong], ROOT))


def test_the_checker_misses_no_part_that_the_page_promised():
    page = node("WebPage", f"{ROOT}/a/#page", breadcrumb=link(f"{ROOT}/a/#breadcrumb"))
    assert problems_in([page], ROOT) == [f"{ROOT}/a/#breadcrumb is said to be on this page and is not."]


def test_the_checker_finds_a_thing_that_is_described_twice():
    assert problems_in([GOOD, GOOD], ROOT) == [f"{ROOT}/#place is described twice."]


def test_a_page_has_one_graph():
    with pytest.raises(ValueError, match="too many"):
        graph_in(as_script([]) * 2)
    assert graph_in(as_script([])) == []
