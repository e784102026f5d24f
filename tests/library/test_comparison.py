"""What the comparison of a section shows, and its sentence."""

import ast
from pathlib import Path

import pytest

import clinicsite.library.comparison
from clinicsite.library.comparison.merging import merge
from clinicsite.library.comparison.reader import Reader
from clinicsite.library.comparison.showing import WordChange, compare
from clinicsite.library.comparison.summary import library_summary, summary
from clinicsite.library.equality import body_meaning
from tests.factories import ImageFactory
from tests.library.bodies import callout, steps, table, text

#: The modules that may know Django and Wagtail: where stored blocks and pages come in.
BOUNDARY = {"reader"}


def contents(base, library, mine=None, headings=("", "", "")):
    reader = Reader()
    bodies = (base, library, base if mine is None else mine)
    return [reader.content(heading, body) for heading, body in zip(headings, bodies, strict=True)]


def rows(base, library, mine=None, **options):
    return compare(*contents(base, library, mine, **options))[1:]


def sentence(base, library, mine=None, **options):
    versions = contents(base, library, mine, **options)
    return summary(compare(*versions), merge(*versions))


def told(cell):
    """A cell in short: the words with + - ~ before what was added, removed, reformatted."""
    signs = {WordChange.SAME: "", WordChange.ADDED: "+", WordChange.REMOVED: "-", WordChange.REFORMATTED: "~"}
    return [f"{signs[run.change]}{run.words.strip()}" for line in cell.lines for run in line.runs]


def test_the_hard_thinking_imports_no_framework_and_nothing_that_does():
    own = "clinicsite.library.comparison"
    folder = Path(clinicsite.library.comparison.__file__).parent
    pure = [path for path in folder.glob("*.py") if path.stem not in BOUNDARY]
    pure.append(folder.parent / "markup.py")
    assert len(pure) > 8
    for path in pure:
        nodes = ast.walk(ast.parse(path.read_text()))
        imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
        modules = {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
        assert not any(name.startswith(("django", "wagtail")) for name in modules), path
        ours = {name for name in modules if name.startswith("clinicsite")}
        assert all(name.startswith((own, "clinicsite.library.markup")) for name in ours), path
        assert not {name.removeprefix(f"{own}.").split(".")[0] for name in ours} & BOUNDARY, path


def test_words_are_marked_one_by_one():
    row = rows([text("A needle goes in.")], [text("A thin needle goes out.")])[0]
    assert told(row.library) == ["A", "+thin", "needle goes", "-in", "+out", "."]
    assert told(row.base) == ["A needle goes in."]


def test_texts_with_little_in_common_are_shown_one_after_the_other():
    row = rows([text("Apples are red.")], [text("Rest well after needling, please.")])[0]
    assert told(row.library) == ["-Apples are red.", "+Rest well after needling, please."]


@pytest.mark.parametrize(
    ("was", "now", "note"),
    [
        ("<p>Rest well now.</p>", "<p>Rest <b>well</b> now.</p>", "now bold"),
        ("<p>Rest <i>well</i> now.</p>", "<p>Rest well now.</p>", "no longer italic"),
        ("<p>Rest well now.</p>", '<p>Rest <a linktype="page" id="1">well</a> now.</p>', "now a link"),
        (
            '<p>Rest <a linktype="page" id="1">well</a> now.</p>',
            '<p>Rest <a linktype="page" id="2">well</a> now.</p>',
            "the link leads elsewhere",
        ),
        (
            '<p>Rest <a linktype="citation" id="1">[x]</a> now.</p>',
            '<p>Rest <a linktype="citation" id="2">[x]</a> now.</p>',
            "the link leads elsewhere",
        ),
    ],
)
def test_markup_that_changed_around_the_same_words_is_named(was, now, note):
    line = rows([text(was)], [text(now)])[0].library.lines[0]
    assert [run.note for run in line.runs if run.change is WordChange.REFORMATTED] == [note]
    assert line.change is WordChange.REFORMATTED


@pytest.mark.parametrize(
    ("now", "note"),
    [
        ("<h3>Rest well now.</h3>", "now a sub-heading"),
        ("<ul><li>Rest well now.</li></ul>", "now a list item"),
    ],
)
def test_a_paragraph_that_became_something_else_is_named(now, note):
    assert rows([text("Rest well now.")], [text(now)])[0].library.lines[0].note == note


def test_added_removed_and_moved_blocks_are_told_apart():
    one, two, three = (callout(words, key=words) for words in ("One.", "Two.", "Three."))
    four = text("Four.")
    found = rows([one, two, three], [three, one, four])
    by_words = {row.library.lines[-1].runs[-1].words: row for row in found}
    assert by_words["One."].is_same
    assert by_words["Two."].library.is_gone
    assert by_words["Three."].library.is_moved
    assert by_words["Four."].library.is_new
    assert by_words["Four."].base is None


def test_a_paragraph_is_found_again_by_its_words_after_it_was_moved_and_edited():
    base = text("Rest well after the needling.", "Drink a glass of water.", "Ring us at any time.")
    now = text(
        "Ring us at any time, day or night.", "Rest well after the needling.", "Drink a glass of water."
    )
    moved = [row.library for row in rows([base], [now]) if row.library.is_moved]
    assert [told(cell) for cell in moved] == [["Ring us at any time", "+, day or night", "."]]


def test_each_step_and_each_row_of_a_table_has_its_own_row():
    body = [steps("Talk", "Needle"), table(["A", "B"], ("First", "1", "2"))]
    labels = " ".join(row.label for row in rows(body, body))
    assert labels == "Step Step Comparison table Column Column Row Cell Cell"


def test_a_choice_is_shown_in_its_own_words():
    row = rows([callout("Careful.")], [callout("Careful.", style="warning")])[0]
    assert told(row.library)[:2] == ["-Information", "+Warning"]


@pytest.mark.django_db
def test_a_picture_is_shown_by_its_title_and_asked_for_once(django_assert_num_queries):
    image = ImageFactory(title="A treatment room")
    block = {"type": "picture", "id": "p", "value": {"image": image.pk, "alt": "", "caption": "Here."}}
    with django_assert_num_queries(1):
        row = rows([], [block], [block])[0]
    assert told(row.library) == ["+A treatment room", "+Here."]


def test_the_sentence_counts_what_each_has_done():
    base = [text("One is here.", "Two is there.", "Three is away."), callout("Careful.")]
    library = [
        text("One is here now.", "Two is there now.", 'Three is <a linktype="page" id="1">away</a>.'),
        callout("Careful."),
    ]
    mine = [*base, text("Ours.", key="ours")]
    assert sentence(base, library, mine) == (
        "The library changed 2 paragraphs and added 1 link. You added 1 paragraph. "
        "Nothing overlaps: the merge is ready."
    )


def test_the_sentence_says_how_much_there_is_to_decide():
    assert sentence([text("It may hurt.")], [text("It can hurt.")], [text("It will hurt.")]).endswith(
        "1 place needs your decision."
    )


def test_the_sentence_asks_to_read_what_holds_words_of_both():
    said = sentence([text("a b c d e")], [text("x b c d e")], [text("a b c d y")])
    assert said.endswith("the merge is ready. 1 text holds words of both: read it once more.")


def test_the_sentence_says_when_somebody_changed_nothing():
    body = [text("One.")]
    assert "You changed nothing in these words." in sentence(body, [text("One, newer.")])
    assert library_summary(compare(*contents(body, []))) == "The library removed 1 paragraph."


def test_a_moved_block_is_counted_once():
    one, two = text("One.", "More.", "Yet more.", key="a"), callout("Two.")
    moved = sentence([one, two, steps("x")], [two, steps("x"), one])
    assert moved.startswith("The library moved 1 text.")


def test_a_field_left_at_its_default_is_no_change():
    plain = {"type": "benefits", "id": "b", "value": {"intro": "", "is_numbered": False, "items": []}}
    short = {"type": "benefits", "id": "b", "value": {"items": []}}
    assert body_meaning([plain]) == body_meaning([short])
    assert not any(row.library.has_changed for row in rows([plain], [short]))


def test_lists_stored_long_ago_without_ids_are_compared():
    old, new = (
        {"type": "grouped_list", "id": "g", "value": {"groups": [{"heading": "Arm", "items": items}]}}
        for items in (["Elbow"], ["Elbow", "Wrist"])
    )
    assert "+Wrist" in told(rows([old], [new])[-1].library)


def test_a_block_type_that_is_no_longer_there_is_shown_as_changed():
    gone, newer = ({"type": "map", "id": "m", "value": value} for value in ("here", "there"))
    assert rows([gone], [newer])[0].library.has_changed
