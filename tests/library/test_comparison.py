"""What the comparison of a section shows, and its sentence."""

import ast
from pathlib import Path

import pytest

import clinicsite.library.comparison
from clinicsite.library.comparison.merging import merge
from clinicsite.library.comparison.orders import in_order, is_order_contested, moved, moved_in
from clinicsite.library.comparison.reader import Reader
from clinicsite.library.comparison.sequences import Entry, Thread, alike, match, matching_runs, threads
from clinicsite.library.comparison.showing import WordChange, compare
from clinicsite.library.comparison.summary import library_summary, summary
from clinicsite.library.comparison.values import Content, Item, Items, Text
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


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("Rest and drink.", "Please rest and drink.", ["-Rest", "+Please rest", "and drink."]),
        ("Do rest and drink.", "Rest and drink.", ["-Do rest", "+Rest", "and drink."]),
        ("rest and drink.", "now rest and drink.", ["+now", "rest and drink."]),
        ("now rest and drink.", "rest and drink.", ["-now", "rest and drink."]),
        ("rest and drink", "rest and drink well", ["rest and drink", "+well"]),
        ("rest and drink well", "rest and drink", ["rest and drink", "-well"]),
    ],
)
def test_words_at_either_end_are_marked_too(was, now, shown):
    assert told(rows([text(was)], [text(now)])[0].library) == shown


def test_markup_nobody_understands_is_shown_by_its_words():
    row = rows([text("<table><tr>Old &amp; worn")], [text("<table><tr>New &amp; worn")])[0]
    assert told(row.library) == ["-Old", "+New", "& worn"]
    unbalanced = rows([text("<p><b>Old</p></b>")], [text("<p><b>Old</p></b>")])[0]
    assert told(unbalanced.own) == ["Old"]


def test_texts_with_little_in_common_are_shown_one_after_the_other():
    row = rows([text("Apples are red.")], [text("Rest well after needling, please.")])[0]
    assert told(row.library) == ["-Apples are red.", "+Rest well after needling, please."]


def test_texts_with_three_tenths_of_their_words_in_common_are_shown_word_by_word():
    enough = rows([text("a b c d e f g h i j")], [text("a b c k l m n o p q")])[0]
    assert told(enough.library) == ["a b c", "-d e f g h i j", "+k l m n o p q"]
    too_few = rows([text("a b c d e f g h i j")], [text("a b c k l m n o p q r")])[0]
    assert told(too_few.library) == ["-a b c d e f g h i j", "+a b c k l m n o p q r"]


def test_words_are_shown_in_the_format_they_have_or_had():
    was = 'Rest <b>a lot</b> and <a linktype="page" id="1"><i>drink</i></a> now.'
    now = "Rest and drink <strong>some <em>tea</em></strong> now, x<sup>2</sup>."
    runs = rows([text(was)], [text(now)])[0].library.lines[0].runs
    assert [(run.words.strip(), run.change, run.note, run.formats) for run in runs] == [
        ("Rest", WordChange.SAME, "", ()),
        ("a lot", WordChange.REMOVED, "", ("bold",)),
        ("and", WordChange.SAME, "", ()),
        ("drink", WordChange.REFORMATTED, "no longer a link, no longer italic", ()),
        ("some", WordChange.ADDED, "", ("bold",)),
        ("tea", WordChange.ADDED, "", ("bold", "italic")),
        ("now", WordChange.SAME, "", ()),
        (", x", WordChange.ADDED, "", ()),
        ("2", WordChange.ADDED, "", ("sup",)),
        (".", WordChange.SAME, "", ()),
    ]


@pytest.mark.parametrize(
    ("was", "now", "note"),
    [
        ("<p>Rest well now.</p>", "<p>Rest <b>well</b> now.</p>", "now bold"),
        ("<p>Rest well now.</p>", "<p>Rest <sup>well</sup> now.</p>", "now sup"),
        ("<p>Rest <i>well</i> now.</p>", "<p>Rest well now.</p>", "no longer italic"),
        ("<p>Rest well now.</p>", '<p>Rest <a linktype="page" id="1">well</a> now.</p>', "now a link"),
        (
            '<p>Rest <a linktype="page" id="1">well</a> now.</p>',
            '<p>Rest <a linktype="page" id="2">well</a> now.</p>',
            "the link leads elsewhere",
        ),
        (
            '<p>Rest <a linktype="clinicsite-citation" id="1">[x]</a> now.</p>',
            '<p>Rest <a linktype="clinicsite-citation" id="2">[x]</a> now.</p>',
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


def test_yes_is_shown_where_something_was_chosen_and_nothing_where_it_was_not():
    base, now = (
        {"type": "benefits", "id": "b", "value": {"intro": "We say.", "is_numbered": flag, "items": []}}
        for flag in (False, True)
    )
    (row,) = rows([base], [now])
    assert [told(cell) for cell in (row.base, row.library)] == [["We say."], ["We say.", "+Yes"]]
    assert row.library.lines[1].label == "Number the list"


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


@pytest.mark.django_db
def test_each_picture_has_its_own_title_and_one_that_is_gone_says_so():
    room, gate = ImageFactory(title="A treatment room"), ImageFactory(title="The gate")
    pictures = [
        {"type": "picture", "id": f"p{pk}", "value": {"image": pk, "alt": "", "caption": ""}}
        for pk in (room.pk, gate.pk, gate.pk + 1)
    ]
    assert [told(row.own) for row in rows(pictures, pictures)] == [
        ["A treatment room"],
        ["The gate"],
        ["One that is no longer there"],
    ]


def test_a_field_that_is_not_stored_is_shown_with_its_default():
    stored = callout("Careful.")
    short = {**stored, "value": {"text": stored["value"]["text"]}}
    assert told(rows([short], [short])[0].own) == ["Information", "Careful."]


def test_a_field_that_no_definition_has_any_more_is_shown_by_its_name():
    """It counts as a change, so whoever is asked about the change must see one."""
    stored = callout("Careful.")
    former = {**stored, "value": {**stored["value"], "reason": "Needles are sharp.", "audience": ""}}
    for base, library, change in ((stored, former, WordChange.ADDED), (former, stored, WordChange.REMOVED)):
        (row,) = [row for row in rows([base], [library]) if not row.is_same]
        changed = [line for line in row.library.lines if line.change is not WordChange.SAME]
        assert [(line.label, line.runs[0].words, line.change) for line in changed] == [
            ("reason", "Needles are sharp.", change)
        ]


def test_the_paragraphs_of_a_field_are_shown_one_by_one_under_its_label_with_what_has_moved():
    one, two, three = "<p>Rest well.</p>", "<p>Drink a lot.</p>", "<p>Move gently.</p>"
    base, now = (
        {**callout(""), "value": {"style": "information", "heading": "Mind", "text": html}}
        for html in (one + two + three, three + one + "<p>Drink <b>a lot</b>.</p>")
    )
    (row,) = rows([base], [now])
    assert [(line.label, line.note, line.is_moved, line.change) for line in row.library.lines] == [
        ("Style", "", False, WordChange.SAME),
        ("Heading", "", False, WordChange.SAME),
        ("Words", "", True, WordChange.SAME),
        ("Words", "", False, WordChange.SAME),
        ("Words", "", False, WordChange.REFORMATTED),
    ]
    assert (row.label, row.library.noun, row.library.is_moved) == ("Callout", "callout", False)
    assert row.library.has_changed
    assert not row.own.has_changed


def test_what_stands_for_itself_has_no_label_in_its_row():
    heading, *_, cell = compare(
        *contents([table(["A"], ("Row", "1"))], [], headings=("Cost", "Fees", "Cost"))
    )
    assert (heading.label, [line.label for line in heading.library.lines]) == ("Heading", [""])
    assert (cell.label, [line.label for line in cell.base.lines]) == ("Cell", [""])


def test_the_fields_beside_a_list_have_a_row_of_their_own_before_its_members():
    base, now = (
        {
            "type": "benefits",
            "id": "b",
            "value": {
                "intro": intro,
                "items": [{"type": "item", "id": "i", "value": {"title": title, "text": ""}}],
            },
        }
        for intro, title in (("We say.", "Less pain"), ("We say so.", "No pain"))
    )
    fields, member = rows([base], [now])
    assert (fields.label, fields.library.noun) == ("Benefits", "“Benefits” block")
    assert told(fields.library) == ["We say", "+so", "."]
    assert (member.label, member.library.noun) == ("Benefit", "benefit")
    assert told(member.library) == ["-Less", "+No", "pain"]


def listed(*members):
    """A section of one block that is a list without a block around it: (id, words) of each member."""
    items = tuple(Item(name, "item", f"Item {name}", "item", Text(words)) for name, words in members)
    return Content(Text(""), Items((Item("l", "list", "List", "list", Items(items)),)))


def test_a_list_that_stands_for_itself_is_shown_member_by_member():
    base = listed(("1", "one"), ("2", "two"), ("3", "three"))
    library, own = (
        listed(("4", "four"), ("1", "one"), ("3", "three")),
        listed(("3", "three"), ("1", "one"), ("2", "two")),
    )
    (row,) = compare(base, library, own)[1:]
    assert row.label == "List"
    assert told(row.base) == ["one", "two", "three"]
    assert [(line.label, line.change, line.is_moved) for line in row.library.lines] == [
        ("Item 4", WordChange.ADDED, False),
        ("Item 1", WordChange.SAME, False),
        ("Item 2", WordChange.REMOVED, False),
        ("Item 3", WordChange.SAME, False),
    ]
    assert [(line.label, line.change, line.is_moved) for line in row.own.lines] == [
        ("Item 3", WordChange.SAME, True),
        ("Item 1", WordChange.SAME, False),
        ("Item 2", WordChange.SAME, False),
    ]


@pytest.mark.parametrize("empty", ["base", "library"])
def test_a_list_that_one_version_has_not_is_new_or_gone_with_all_its_members(empty):
    nothing, some = Content(Text(""), Items(())), listed(("1", "one"), ("2", "two"))
    base, library = (nothing, some) if empty == "base" else (some, nothing)
    (row,) = compare(base, library, base)[1:]
    sign = "+" if empty == "base" else "-"
    assert told(row.library) == [f"{sign}one", f"{sign}two"]
    assert (row.library.is_new, row.library.is_gone) == (empty == "base", empty == "library")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("Rest <b>well</b> now, please do.", "reformatted 1 paragraph"),
        ('Rest <a linktype="page" id="1">well</a> now, please do.', "added 1 link"),
        (
            'Rest <a linktype="page" id="1">well</a> now, <a linktype="page" id="2">please</a> do.',
            "added 2 links",
        ),
        ('Rest <a linktype="page" id="1">well</a> now, <b>please</b> do.', "reformatted 1 paragraph"),
        ("<h3>Rest well now, please do.</h3>", "reformatted 1 paragraph"),
        (
            '<h3>Rest <a linktype="page" id="1">well</a> now, please do.</h3>',
            "reformatted 1 paragraph",
        ),
        ("Rest <b>well</b> now, please.", "changed 1 paragraph"),
    ],
)
def test_the_sentence_tells_a_new_link_from_other_markup_and_from_words(now, said):
    found = sentence([text("Rest well now, please do.")], [text(now)])
    assert found.startswith(f"The library {said}. You changed nothing")


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


def test_the_sentence_counts_the_places_to_decide_and_the_texts_with_words_of_both():
    base = [text("It may hurt.", key="a"), text("It may tire.", key="b")]
    library = [text("It can hurt.", key="a"), text("It can tire.", key="b")]
    mine = [text("It will hurt.", key="a"), text("It will tire.", key="b")]
    assert sentence(base, library, mine) == (
        "The library changed 2 paragraphs. You changed 2 paragraphs. 2 places need your decision."
    )
    base = [text("a b c d e", key="a"), text("f g h i j", key="b")]
    library = [text("x b c d e", key="a"), text("x g h i j", key="b")]
    mine = [text("a b c d y", key="a"), text("f g h i y", key="b")]
    assert sentence(base, library, mine) == (
        "The library changed 2 paragraphs. You changed 2 paragraphs. "
        "Nothing overlaps: the merge is ready. 2 texts hold words of both: read it once more."
    )


def test_the_sentence_lists_every_deed_and_names_whoever_did_it():
    base = [text("One is here.", "Two is there.", "Three is away.", key="a"), callout("Four.")]
    now = [text("Two is there.", "One is here.", key="a"), callout("Four.", style="warning"), steps("Five")]
    versions = contents(base, now, base)
    compared = compare(*versions)
    expected = "changed 1 callout, added 1 step, removed 1 paragraph and moved 1 paragraph."
    assert library_summary(compared) == f"The library {expected}"
    assert summary(compared, merge(*versions), clinic="North Clinic") == (
        f"The library {expected} North Clinic changed nothing in these words. "
        "Nothing overlaps: the merge is ready."
    )


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


# Sequences: which member of one is which of another, and how orders become one


def entry(words, ident="", kind="line"):
    return Entry(ident, kind, words, frozenset(words.split()))


def entries(*texts):
    return [entry(words) for words in texts]


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("", "", []),
        ("abc", "", []),
        ("abc", "xyz", []),
        ("abc", "abc", [(0, 0, 3)]),
        ("aa", "a", [(0, 0, 1)]),
        ("abcd", "xbcy", [(1, 1, 2)]),
        ("abxcd", "abcd", [(0, 0, 2), (3, 2, 2)]),
        ("a1b2c", "a3b4c", [(0, 0, 1), (2, 2, 1), (4, 4, 1)]),
        ("abcx", "abcy", [(0, 0, 3)]),
        ("xab", "yzab", [(1, 2, 2)]),
    ],
)
def test_what_two_sequences_have_in_common_is_found_from_both_ends_and_between(old, new, runs):
    assert matching_runs(old, new) == runs


@pytest.mark.parametrize(("length", "runs"), [(707, [(1, 1, 707)]), (708, [])])
def test_the_middle_of_two_very_long_sequences_is_not_searched(length, runs):
    middle = ["same"] * length
    assert matching_runs(["a", *middle, "b"], ["c", *middle, "d"]) == runs


def test_a_middle_of_half_a_million_steps_is_still_searched():
    old, new = ["a", *["same"] * 500, "b"], ["c", *["same"] * 1000, "d"]
    assert matching_runs(old, new) == [(1, 1, 500)]


def test_an_id_counts_before_the_words():
    old, new = [entry("one", "1"), entry("two", "2")], [entry("two", "1"), entry("one", "2")]
    assert match(old, new) == {0: 0, 1: 1}


def test_an_id_that_two_have_counts_for_nothing():
    old = [entry("one", "1"), entry("two", "1")]
    assert match(old, [entry("two", "1")]) == {0: 1}
    assert match([entry("two", "1")], old) == {1: 0}


def test_an_id_of_another_kind_is_another_member():
    assert match([entry("one", "1", "line")], [entry("one", "1", "piece")]) == {}


def test_the_same_words_are_found_wherever_they_stand():
    assert match(entries("one", "two", "three"), entries("three", "one", "two")) == {0: 2, 1: 0, 2: 1}
    assert match(entries("same", "same"), entries("same", "same", "same")) == {0: 0, 1: 1}
    assert match(entries("x", "a", "x"), entries("a", "x", "b", "x")) == {0: 1, 1: 0, 3: 2}


@pytest.mark.parametrize(
    ("words", "is_found"), [("a b e f", True), ("a b e f g", False), ("a b c d e f g h", True)]
)
def test_half_of_the_words_make_two_members_the_same_one_rewritten(words, is_found):
    old, new = entries("keep", "a b c d"), entries(words, "keep")
    assert match(old, new) == ({0: 1, 1: 0} if is_found else {1: 0})


def test_the_likest_is_taken_and_of_two_alike_the_nearer():
    assert match(entries("keep", "a b c d", "a b c x"), entries("a b c x y", "keep")) == {0: 2, 1: 0}
    old = entries("a b c d", "keep", "a b c e")
    assert match(old, entries("keep", "this", "a b c f"))[2] == 2


@pytest.mark.parametrize(("number", "is_found"), [(200, True), (201, False)])
def test_likeness_is_not_asked_of_very_many(number, is_found):
    old = entries("keep", *(f"a{index} b{index} old" for index in range(200)))
    new = entries(*(f"a{index} b{index} new" for index in range(number)), "keep")
    assert match(old, new) == ({index: index + 1 for index in range(200)} if is_found else {}) | {number: 0}


def test_what_stands_in_place_of_another_is_the_same_one_rewritten():
    assert match(entries("a", "old", "b"), entries("a", "new", "b")) == {0: 0, 1: 1, 2: 2}
    assert match(entries("old", "b"), entries("new", "b")) == {0: 0, 1: 1}
    assert match(entries("a", "old"), entries("a", "new")) == {0: 0, 1: 1}
    assert match(entries("a", "one", "two", "b"), entries("a", "new", "b")) == {0: 0, 1: 1, 2: 3}
    assert match(entries("a", "one", "two"), entries("a", "uno", "dos")) == {0: 0, 1: 1, 2: 2}
    assert match(entries("a", "old", "b"), entries("a", "b", "new")) == {0: 0, 1: 2}


def test_what_stands_in_place_of_another_kind_is_new():
    assert match([entry("old", kind="line")], [entry("new", kind="piece")]) == {}


@pytest.mark.parametrize(
    ("one", "other", "share"), [("a b", "b c", 0.5), ("a", "a", 1), ("a", "b", 0), ("", "", 0), ("", "a", 0)]
)
def test_likeness_of_members_is_the_share_of_their_common_words(one, other, share):
    assert alike(frozenset(one.split()), frozenset(other.split())) == share


def test_every_member_runs_through_the_versions_as_one_thread():
    base, theirs, mine = entries("a", "b"), entries("b", "new"), entries("a", "b", "own")
    assert threads(base, theirs, mine) == [
        Thread(0, None, 0),
        Thread(1, 0, 1),
        Thread(None, 1, None),
        Thread(None, None, 2),
    ]


def test_what_both_have_added_is_one_thread_if_it_is_alike():
    same, other = entries("a b c d"), entries("w x y z")
    assert threads([], same, same) == [Thread(None, 0, 0)]
    assert threads([], same, entries("a b c e")) == [Thread(None, 0, 0)]
    assert threads([], [entry("one", "1")], [entry("two", "1")]) == [Thread(None, 0, 0)]
    picture = [Entry("", "picture", "the same picture", frozenset())]
    assert threads([], picture, picture) == [Thread(None, 0, 0)]
    assert threads([], same, other) == [Thread(None, 0, None), Thread(None, None, 0)]


@pytest.mark.parametrize(
    ("order", "moving"),
    [
        ([], set()),
        ([0, 1, 2], set()),
        ([2, 0, 1], {2}),
        ([1, 2, 0], {0}),
        ([0, 3, 1, 2], {3}),
        ([3, 4, 0, 1, 2], {3, 4}),
        ([1, 0, 3, 2, 5, 4], {1, 3, 5}),
    ],
)
def test_the_fewest_members_move(order, moving):
    assert moved(order) == moving


def ordered(base, theirs, mine):
    """The threads of three versions in which each letter is a member."""
    places = [{letter: place for place, letter in enumerate(side)} for side in (base, theirs, mine)]
    letters = dict.fromkeys(base + theirs + mine)
    return {letter: Thread(*(side.get(letter) for side in places)) for letter in letters}


def order_of(base, theirs, mine):
    found = ordered(base, theirs, mine)
    names = {thread: letter for letter, thread in found.items()}
    return "".join(names[thread] for thread in in_order(list(found.values())))


@pytest.mark.parametrize(
    ("base", "library", "own", "order"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "cab", "abc", "cab"),
        ("abc", "abc", "cab", "cab"),
        ("abcd", "bacd", "abdc", "badc"),
        ("abc", "abxc", "abc", "abxc"),
        ("abc", "xabc", "abcy", "xabcy"),
        ("abc", "abx", "aby", "abcxy"),
        ("ab", "axb", "ayb", "axyb"),
        ("abc", "ac", "ac", "abc"),
        # The library has put b before a, the clinic c before both.
        ("abc", "bac", "cab", "cba"),
        ("abc", "cab", "bac", "cba"),
        ("abc", "cab", "bca", "cba"),
        ("abc", "acb", "cba", "cba"),
        ("abc", "cba", "acb", "cba"),
        ("abc", "cbxa", "acyb", "cybxa"),
        # Both cannot be kept: b before a, and c between a and b.
        ("abc", "bac", "acb", "bac"),
    ],
)
def test_three_orders_become_one(base, library, own, order):
    assert order_of(base, library, own) == order


@pytest.mark.parametrize(
    ("base", "library", "own", "is_contested"),
    [
        ("abc", "abc", "cba", False),
        ("abc", "cba", "abc", False),
        ("abc", "cab", "cab", False),
        ("abcd", "bacd", "abdc", False),
        ("abc", "bac", "acb", True),
        ("abc", "cab", "bca", False),
        ("abc", "bac", "cab", False),
        ("abc", "acb", "cba", False),
        ("abc", "cba", "acb", False),
        ("abc", "cbxa", "abcy", False),
        ("abcd", "bacd", "acb", True),
    ],
)
def test_two_orders_are_contested_where_both_cannot_be_kept(base, library, own, is_contested):
    assert is_order_contested(list(ordered(base, library, own).values())) is is_contested


@pytest.mark.parametrize(("number", "is_contested"), [(200, False), (201, True)])
def test_two_changed_orders_of_very_many_are_left_to_a_person(number, is_contested):
    base = list(range(number))
    library, own = [1, 0, *base[2:]], [*base[:-2], base[-1], base[-2]]
    found = [Thread(place, library.index(place), own.index(place)) for place in base]
    assert is_order_contested(found) is is_contested
    by_one_side = [Thread(place, library.index(place), place) for place in base]
    assert not is_order_contested(by_one_side)


def test_what_one_side_has_moved_is_told_by_its_side():
    found = ordered("abc", "caxb", "abc")
    assert moved_in(list(found.values()), "library") == {found["c"]}
    assert moved_in(list(found.values()), "own") == set()
