"""The merge of a section, case by case."""

import time
from dataclasses import replace
from html import unescape
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.library.comparison.merging import Why, merge
from clinicsite.library.comparison.paragraphs import Line, line_entries, lines, without_key
from clinicsite.library.comparison.paragraphs import html_of as html_of_lines
from clinicsite.library.comparison.reader import Reader, is_valid, stored_body
from clinicsite.library.comparison.sequences import Entry
from clinicsite.library.comparison.values import (
    Choice,
    Content,
    Item,
    Items,
    Part,
    Rich,
    Struct,
    Text,
    meaning,
    plain_words,
    same,
    stored_form,
    texts,
    with_own_ids,
    words,
)
from clinicsite.library.comparison.word_by_word import weave_line
from clinicsite.library.markup import html_of as html_of_atoms
from clinicsite.library.markup import plain_atoms, rich_atoms
from tests.library.bodies import callout, merged, merged_body, steps, table, text, words_in


def html_of(base, library, mine):
    """The proposed rich text of one text block."""
    return merged_body([text(base)], [text(library)], [text(mine)])[0]["value"]


def conflicts_of(base, library, mine):
    return merged([text(base)], [text(library)], [text(mine)]).conflicts


def test_changes_in_different_blocks_are_both_kept():
    base = [text("One.", key="a"), text("Two.", key="b")]
    library = [text("One, newer.", key="a"), text("Two.", key="b")]
    mine = [text("One.", key="a"), text("Two, ours.", key="b")]
    body = merged_body(base, library, mine)
    assert [block["value"] for block in body] == ["<p>One, newer.</p>", "<p>Two, ours.</p>"]


def test_changes_in_different_paragraphs_of_one_text_are_both_kept():
    html = html_of("<p>One.</p><p>Two.</p>", "<p>One, newer.</p><p>Two.</p>", "<p>One.</p><p>Two, ours.</p>")
    assert html == "<p>One, newer.</p><p>Two, ours.</p>"


def test_changes_of_different_words_of_one_paragraph_are_woven():
    html = html_of(
        "<p>A needle goes into the muscle.</p>",
        "<p>A thin needle goes into the muscle.</p>",
        "<p>A needle goes into the tight muscle.</p>",
    )
    assert html == "<p>A thin needle goes into the tight muscle.</p>"


def test_a_woven_text_is_named_for_somebody_to_read():
    result = merged([text("a b c d e")], [text("x b c d e")], [text("a b c d y")])
    assert result.woven == ("x b c d y",)
    assert result.is_ready


def test_the_same_words_changed_differently_stand_next_to_one_another():
    result = merged([text("It may hurt.")], [text("It can hurt.")], [text("It will hurt.")])
    assert stored_body(result.content)[0]["value"] == "<p>It can hurt.</p><p>It will hurt.</p>"
    conflict = result.conflicts[0]
    assert (conflict.why, conflict.noun) == (Why.BOTH_CHANGED, "paragraph")
    assert (conflict.base, conflict.library, conflict.own) == (
        "It may hurt.",
        "It can hurt.",
        "It will hurt.",
    )


def test_neighbouring_words_changed_by_both_are_a_conflict():
    assert conflicts_of("Do move gently today", "Do not move gently today", "Do never gently today")
    assert conflicts_of("Rest, then move", "Lie, then move", "Rest, now move")


def test_the_same_change_made_by_both_is_no_conflict():
    assert html_of("<p>Old words.</p>", "<p>New words.</p>", "<p>New words.</p>") == "<p>New words.</p>"


@given(
    st.lists(st.text("abcdef", min_size=1), min_size=1, max_size=20),
    st.integers(0, 19),
    st.sampled_from(["X", "X X"]),
    st.sampled_from(["Y", "Y X"]),
)
def test_whatever_both_changed_differently_in_one_place_is_a_conflict(words, place, theirs, mine):
    place %= len(words)
    versions = [
        " ".join([*words[:place], word, *words[place + 1 :]]) for word in (words[place], theirs, mine)
    ]
    assert conflicts_of(*versions)


@given(st.integers(0, 8), st.integers(2, 11))
def test_changes_with_an_unchanged_word_between_them_are_no_conflict(one, distance):
    words = [f"word{index}" for index in range(20)]
    library, mine = list(words), list(words)
    library[one] = "THEIRS"
    mine[one + distance] = "MINE"
    result = merged([text(" ".join(words))], [text(" ".join(library))], [text(" ".join(mine))])
    assert result.is_ready
    assert {"THEIRS", "MINE"} <= words_in(stored_body(result.content))


def test_what_the_library_dropped_and_nobody_changed_is_dropped():
    one, two, ours = text("One.", key="a"), text("Two.", key="b"), text("Ours.", key="c")
    assert merged_body([one, two], [two], [one, two, ours]) == [two, ours]


@pytest.mark.parametrize("side", ["library", "mine"])
def test_what_one_dropped_and_the_other_changed_is_kept_for_a_decision(side):
    base = [text("Keep.", key="a"), text("Doubtful words here.", key="b")]
    dropped = [text("Keep.", key="a")]
    changed = [text("Keep.", key="a"), text("Doubtful words, changed.", key="b")]
    pair = (dropped, changed) if side == "library" else (changed, dropped)
    result = merged(base, *pair)
    assert stored_body(result.content) == changed
    expected = Why.LIBRARY_REMOVED if side == "library" else Why.CLINIC_REMOVED
    assert [conflict.why for conflict in result.conflicts] == [expected]


def test_what_both_added_stands_there_once_if_it_says_the_same():
    base, new = [text("One.", key="a")], text("New.", key="n")
    body = merged_body(base, [*base, new], [*base, {**new, "id": "another"}])
    assert [block["value"] for block in body] == ["<p>One.</p>", "<p>New.</p>"]


def test_a_block_the_library_moved_stands_in_its_new_place_with_our_words():
    one, two, three = (text(words, key=words) for words in ("One.", "Two.", "Three."))
    ours = {**two, "value": "<p>Two, ours.</p>"}
    assert merged_body([one, two, three], [three, one, two], [one, ours, three]) == [three, one, ours]


def test_two_orders_that_cannot_both_be_kept_are_a_conflict():
    one, two, three = (text(words, key=words) for words in ("One.", "Two.", "Three."))
    result = merged([one, two, three], [two, one, three], [one, three, two])
    assert [(conflict.why, conflict.noun) for conflict in result.conflicts] == [(Why.ORDER, "block")]
    assert len(stored_body(result.content)) == 3


def test_two_orders_of_paragraphs_that_cannot_both_be_kept_are_a_conflict():
    one, two, three = "<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>"
    (conflict,) = conflicts_of(one + two + three, two + one + three, one + three + two)
    assert (conflict.why, conflict.noun) == (Why.ORDER, "paragraph")


def test_a_conflict_has_the_same_name_each_time_and_no_other_has_it():
    versions = ("It may hurt.", "It can hurt.", "It will hurt.")
    (first,), (again,) = conflicts_of(*versions), conflicts_of(*versions)
    (other,) = conflicts_of("It may hurt.", "It can hurt.", "It does hurt.")
    assert first.id == again.id
    assert first.id != other.id
    assert len(first.id) == 16


def test_a_style_changed_by_the_library_and_words_changed_by_the_clinic_are_one_callout():
    mine = callout("Careful, please.")
    body = merged_body([callout("Careful.")], [callout("Careful.", style="warning")], [mine])
    assert body == [{**mine, "value": {**mine["value"], "style": "warning"}}]
    turned = merged_body([callout("Careful.")], [mine], [callout("Careful.", style="warning")])
    assert turned == body


def test_steps_are_merged_step_by_step():
    base = [steps(("Talk", "<p>We talk.</p>"), ("Needle", "<p>We needle.</p>"))]
    library = [steps(("Talk", "<p>We talk.</p>"), ("Needle", "<p>We needle. You rest.</p>"))]
    mine = [steps(("Talk over tea", "<p>We talk.</p>"), ("Needle", "<p>We needle.</p>"))]
    items = merged_body(base, library, mine)[0]["value"]["items"]
    assert [item["value"]["title"] for item in items] == ["Talk over tea", "Needle"]
    assert items[1]["value"]["text"] == "<p>We needle. You rest.</p>"


def test_a_field_changed_by_both_keeps_both_steps_with_ids_of_their_own():
    base, library, mine = (
        [steps((title, "<p>Words.</p>"))] for title in ("Talk", "Talk first", "Talk over tea")
    )
    result = merged(base, library, mine)
    items = stored_body(result.content)[0]["value"]["items"]
    assert [item["value"]["title"] for item in items] == ["Talk first", "Talk over tea"]
    assert items[0]["id"] != items[1]["id"]
    assert result.conflicts[0].noun == "step"


def test_a_style_chosen_differently_keeps_both_callouts():
    result = merged(
        [callout("Careful.")], [callout("Careful.", style="warning")], [callout("Careful.", style="urgent")]
    )
    theirs, ours = stored_body(result.content)
    assert [theirs["value"]["style"], ours["value"]["style"]] == ["warning", "urgent"]
    assert ours["id"] == callout("Careful.")["id"] != theirs["id"]
    (conflict,) = result.conflicts
    assert (conflict.noun, conflict.base, conflict.library, conflict.own) == (
        "callout",
        "Information · Careful.",
        "Warning · Careful.",
        "Urgent: get help now · Careful.",
    )


def test_a_table_that_would_have_rows_of_unequal_length_is_kept_twice():
    base = [table(["A", "B"], ("Row", "1", "2"))]
    library = [table(["A", "B", "C"], ("Row", "1", "2", "3"))]
    mine = [table(["A", "B"], ("Row", "1", "2"), ("Ours", "8", "9"))]
    result = merged(base, library, mine, is_valid=is_valid)
    assert [len(block["value"]["rows"]) for block in stored_body(result.content)] == [1, 2]
    assert all(is_valid(item) for item in result.content.body.items)
    assert len(result.conflicts) == 1


def test_a_table_that_was_not_valid_before_is_merged_all_the_same():
    base = [table(["A", "B"], ("Row", "one"))]
    library = [table(["A", "B"], ("Row", "newer"))]
    mine = [table(["A", "B"], ("Our row", "one"))]
    result = merged(base, library, mine, is_valid=is_valid)
    (row,) = stored_body(result.content)[0]["value"]["rows"]
    assert (row["value"]["label"], row["value"]["cells"][0]["value"]) == ("Our row", "newer")
    assert result.is_ready


@pytest.mark.parametrize("side", ["library", "mine"])
def test_a_table_of_which_one_version_is_not_valid_is_merged_all_the_same(side):
    base = [table(["A", "B"], ("Row", "one", "two"))]
    damaged = [table(["A", "B"], ("Row", "newer", "two"), ("Short", "8"))]
    sound = [table(["A", "B"], ("Row", "one", "ours"))]
    result = merged(base, *((damaged, sound) if side == "library" else (sound, damaged)), is_valid=is_valid)
    rows = stored_body(result.content)[0]["value"]["rows"]
    assert [[cell["value"] for cell in row["value"]["cells"]] for row in rows] == [["newer", "ours"], ["8"]]
    assert result.is_ready


def test_block_that_the_editor_would_accept_is_valid():
    content = Reader().content("", [callout("Careful."), table(["A", "B"], ("Row", "1", "2"))])
    assert [is_valid(item) for item in content.body.items] == [True, True]


@pytest.mark.parametrize("damaged", [callout(""), table(["A", "B"], ("Row", "1"))])
def test_block_that_the_editor_would_refuse_is_not_valid(damaged):
    damaged = {**damaged, "value": {**damaged["value"], "text": ""}}
    (item,) = Reader().content("", [damaged]).body.items
    assert not is_valid(item)


def test_block_of_a_type_that_is_gone_is_stored_as_it_was():
    gone = {"type": "map", "id": "m", "value": {"place": "here", "zoom": 3}}
    former = callout("Careful.")
    former = {**former, "value": {**former["value"], "audience": ["all"]}}
    assert stored_body(Reader().content("", [gone, former])) == [gone, former]


def test_block_of_a_type_that_is_gone_is_nothing_to_refuse():
    (item,) = Reader().content("", [{"type": "map", "id": "m", "value": "here"}]).body.items
    assert is_valid(item)


def test_what_was_woven_or_noted_inside_a_table_that_is_kept_twice_is_not_told_apart():
    base = [table(["A", "B"], ("Row", "a b c d e", "cold"))]
    library = [table(["A", "B", "C"], ("Row", "x b c d e", "warm", "3"))]
    mine = [table(["A", "B"], ("Row", "a b c d y", "hot"), ("Ours", "8", "9"))]
    result = merged(base, library, mine, is_valid=is_valid)
    assert result.woven == ()
    assert [conflict.noun for conflict in result.conflicts] == ["comparison table"]


def fields(**values):
    """A section of one block that has just these fields."""
    parts = tuple(Part(name, name.title(), Text(words)) for name, words in values.items())
    return Content(Text(""), Items((Item("b", "card", "Card", "card", Struct(parts)),)))


def merged_fields(base, library, mine):
    """[{name: words}] of the blocks that are proposed."""
    result = merge(fields(**base), fields(**library), fields(**mine))
    return [{part.name: part.node.value for part in item.node.parts} for item in result.content.body.items]


def test_a_field_that_only_the_library_has_comes_along():
    library, mine = {"title": "Newer", "note": "By the library"}, {"title": "Rest", "text": "Ours"}
    assert merged_fields({"title": "Rest", "text": "Long"}, library, mine) == [
        {"title": "Newer", "text": "Ours", "note": "By the library"}
    ]


def test_a_field_that_only_the_clinic_has_stays():
    mine = {"title": "Rest", "note": "Ours"}
    assert merged_fields({"title": "Rest"}, {"title": "Newer"}, mine) == [{"title": "Newer", "note": "Ours"}]


def test_a_field_the_clinics_version_has_no_more_does_not_come_back():
    base, library = {"title": "Rest", "note": "Old"}, {"title": "Newer", "note": "Old"}
    assert merged_fields(base, library, {"title": "Rest"}) == [{"title": "Newer"}]


def test_a_field_the_librarys_version_has_no_more_stays_as_the_clinic_has_it():
    base, mine = {"title": "Rest", "note": "Old"}, {"title": "Rest", "note": "Ours"}
    assert merged_fields(base, {"title": "Newer"}, mine) == [{"title": "Newer", "note": "Ours"}]


def test_a_field_that_both_have_added_stands_there_once_if_it_says_the_same():
    library, mine = {"title": "Newer", "note": "Both"}, {"title": "Rest", "text": "Ours", "note": "Both"}
    assert merged_fields({"title": "Rest", "text": "Long"}, library, mine) == [
        {"title": "Newer", "text": "Ours", "note": "Both"}
    ]


def test_a_field_that_both_have_added_with_other_words_keeps_both_blocks():
    library, mine = {"title": "Rest", "note": "Theirs"}, {"title": "Rest", "note": "Ours"}
    assert merged_fields({"title": "Rest"}, library, mine) == [library, mine]


def of_kind(kind, words):
    """A value of one kind that says these words."""
    if kind is Struct:
        return Struct((Part("title", "Title", Text(words)),))
    if kind is Items:
        return Items((Item("i", "item", "Step", "step", Text(words)),))
    return kind(f"<p>{words}</p>" if kind is Rich else words)


@pytest.mark.parametrize("odd", range(3))
@pytest.mark.parametrize("kind", [Text, Rich, Struct, Items])
def test_a_field_that_is_of_another_kind_in_one_version_keeps_both_blocks(kind, odd):
    nodes = [of_kind(kind, words) for words in ("a b c d e", "x b c d e", "a b c d y")]
    nodes[odd] = Choice(nodes[odd].value if kind in (Text, Rich) else "words", "words")
    items = [Item("b", "card", "Card", "card", Struct((Part("field", "Field", node),))) for node in nodes]
    result = merge(*(Content(Text(""), Items((item,))) for item in items))
    assert [item.node for item in result.content.body.items] == [item.node for item in items[1:]]
    assert [(conflict.why, conflict.noun) for conflict in result.conflicts] == [(Why.BOTH_CHANGED, "card")]


def test_cells_of_one_table_are_merged_one_by_one():
    base = [table(["A", "B"], ("Row", "one", "two"))]
    library = [table(["A", "B"], ("Row", "newer", "two"))]
    mine = [table(["A", "B"], ("Row", "one", "ours"))]
    cells = merged_body(base, library, mine)[0]["value"]["rows"][0]["value"]["cells"]
    assert [cell["value"] for cell in cells] == ["newer", "ours"]


def test_list_items_are_merged_one_by_one_and_stay_one_list():
    base = "<ul><li>Rest.</li><li>Move.</li></ul>"
    library = "<ul><li>Rest.</li><li>Drink.</li><li>Move.</li></ul>"
    mine = "<ul><li>Rest.</li><li>Move.</li><li>Ring us.</li></ul>"
    assert html_of(base, library, mine) == (
        "<ul><li>Rest.</li><li>Drink.</li><li>Move.</li><li>Ring us.</li></ul>"
    )


def test_nested_lists_stay_nested():
    base = "<ul><li>Rest.<ul><li>Long.</li></ul></li><li>Move.</li></ul>"
    library = "<ul><li>Rest.<ul><li>Long.</li><li>Warm.</li></ul></li><li>Move.</li></ul>"
    mine = "<ul><li>Rest.<ul><li>Long.</li></ul></li><li>Move gently.</li></ul>"
    assert html_of(base, library, mine) == (
        "<ul><li>Rest.<ul><li>Long.</li><li>Warm.</li></ul></li><li>Move gently.</li></ul>"
    )


def test_a_link_of_the_librarys_and_bold_of_mine_are_both_kept():
    html = html_of(
        "<p>Read about pain here, and rest well.</p>",
        '<p>Read about <a linktype="page" id="3">pain</a> here, and rest well.</p>',
        "<p>Read about pain here, and rest <b>well</b>.</p>",
    )
    assert html == '<p>Read about <a linktype="page" id="3">pain</a> here, and rest <b>well</b>.</p>'


def test_a_citation_is_never_cut():
    cited = '<a linktype="clinicsite-citation" id="7">Gattie et al. 2017</a>'
    html = html_of(
        f"<p>It helps {cited} some people a little.</p>",
        f"<p>It often helps {cited} some people a little.</p>",
        f"<p>It helps {cited} some people a lot.</p>",
    )
    assert html == f"<p>It often helps {cited} some people a lot.</p>"


def test_a_citation_of_another_reference_is_a_change():
    first, second = (f'<a linktype="clinicsite-citation" id="{key}">Gattie et al.</a>' for key in (7, 8))
    html = html_of(
        f"<p>It helps some people {first} a little.</p>",
        f"<p>It helps some people {second} a little.</p>",
        f"<p>It may help some people {first} a little.</p>",
    )
    assert html == f"<p>It may help some people {second} a little.</p>"


def test_tokens_and_entities_are_never_cut():
    html = html_of(
        "<p>Ring {phone} at Tom &amp; Ann before noon today.</p>",
        "<p>Ring {clinic} at Tom &amp; Ann before noon today.</p>",
        "<p>Ring {phone} at Tom &amp; Ann before noon tomorrow.</p>",
    )
    assert html == "<p>Ring {clinic} at Tom &amp; Ann before noon tomorrow.</p>"


def test_an_entity_written_differently_by_the_editor_is_no_change():
    html = html_of(
        "<p>Say &quot;stop&quot;.</p>", '<p>Say "stop".</p>', "<p>Say &quot;stop&quot; loudly.</p>"
    )
    assert unescape(html) == '<p>Say "stop" loudly.</p>'


@pytest.mark.parametrize("side", ["library", "mine"])
def test_a_space_that_one_has_changed_is_changed_for_both(side):
    spaced, longer = "<p>Rest  now, please do.</p>", "<p>Rest now, please do so.</p>"
    pair = (spaced, longer) if side == "library" else (longer, spaced)
    assert html_of("<p>Rest now, please do.</p>", *pair) == "<p>Rest  now, please do so.</p>"


@pytest.mark.parametrize("odd", range(3))
def test_markup_taken_in_one_piece_is_never_woven(odd):
    versions = [Line(words, "p", "<p>") for words in ("a b c d e", "x b c d e", "a b c d y")]
    assert weave_line(*versions) == Line("x b c d y", "p", "<p>")
    versions[odd] = Line(versions[odd].html)
    assert weave_line(*versions) is None


@pytest.mark.parametrize(
    ("theirs", "mine", "woven"),
    [
        ("p", "p", "p"),
        ("h3", "p", "h3"),
        ("p", "h3", "h3"),
        ("h3", "h3", "h3"),
        ("h3", "h4", None),
    ],
)
def test_a_line_takes_the_form_that_one_or_both_have_given_it(theirs, mine, woven):
    base, library, own = (
        Line(words, tag, f"<{tag}>")
        for words, tag in (("a b c d e", "p"), ("x b c d e", theirs), ("a b c d y", mine))
    )
    expected = woven and Line("x b c d y", woven, f"<{woven}>")
    assert weave_line(base, library, own) == expected


def test_a_line_as_a_new_one_has_no_key_and_begins_no_list():
    line = Line("Rest.", "li", '<li class="x" data-block-key="k1">', ("ul",), is_apart=True)
    assert without_key(line) == Line("Rest.", "li", '<li class="x">', ("ul",), is_apart=False)


def test_two_lists_one_after_the_other_stay_two():
    html = "<ul><li>Rest.</li></ul><ul><li>Move.</li></ul><ol><li>Ring us.</li></ol>"
    assert [(line.html, line.lists, line.is_apart) for line in lines(html)] == [
        ("Rest.", ("ul",), False),
        ("Move.", ("ul",), True),
        ("Ring us.", ("ol",), False),
    ]
    assert html_of_lines(lines(html)) == html


def test_a_picture_or_a_rule_between_paragraphs_is_a_line_of_its_own():
    html = '<p>Rest.</p><embed id="1"/><hr/><h3>Move.</h3>'
    assert [(line.html, line.tag) for line in lines(html)] == [
        ("Rest.", "p"),
        ('<embed id="1"/>', ""),
        ("<hr/>", ""),
        ("Move.", "h3"),
    ]
    assert html_of_lines(lines(html)) == html


@pytest.mark.parametrize("words", [" ", "Rest ", " Rest", "Rest  now", " , Rest. \n "])
def test_every_space_of_a_text_is_kept_at_its_ends_too(words):
    assert html_of_atoms(plain_atoms(words)) == words
    assert html_of_atoms(rich_atoms(f"<b>{words}</b>")) == f"<b>{words}</b>"


def test_a_line_is_known_by_its_key_its_form_and_its_words():
    line = Line("Rest <b>Well</b>", "li", '<li data-block-key="k1">', ("ul", "ol"))
    assert line_entries([line, Line("<hr/>")]) == [
        Entry("k1", "line", (("li", ("ul", "ol")), "Rest <b>Well</b>"), frozenset({"rest", "well"})),
        Entry("", "piece", (("", ()), "<hr/>"), frozenset()),
    ]


def test_two_values_are_the_same_that_differ_only_in_the_editors_marks():
    one, other = (Rich(f'<p data-block-key="{key}">Rest.</p>') for key in ("k1", "k2"))
    assert same(one, other)
    assert not same(one, Rich("<p>Rest</p>"))
    assert not same(Rich("Rest."), Choice("Rest."))


EVERY_KIND = Struct(
    (
        Part("title", "Title", Text("Rest  Well")),
        Part("text", "Text", Rich('<p data-block-key="k1">a&nbsp;b</p><p>c</p>')),
        Part("style", "Style", Choice({"b": 2, "a": 1}, "Warning")),
        Part("none", "None", Choice(False)),
        Part("list", "List", Items((Item("1", "item", "Item", "item", Text("d")),))),
    )
)


def test_a_value_of_every_kind_is_taken_apart():
    assert list(texts(EVERY_KIND)) == ["Rest  Well", " a&nbsp;b  c ", "Warning", "", "d"]
    assert words(EVERY_KIND) == {"rest", "well", "a&nbsp;b", "c", "warning", "d"}
    assert plain_words(EVERY_KIND) == "Rest Well · a b c · Warning · d"
    assert stored_form(EVERY_KIND) == {
        "title": "Rest  Well",
        "text": '<p data-block-key="k1">a&nbsp;b</p><p>c</p>',
        "style": {"b": 2, "a": 1},
        "none": False,
        "list": [{"type": "item", "value": "d", "id": "1"}],
    }
    assert meaning(EVERY_KIND) == (
        ("title", "Rest  Well"),
        ("text", "<p>a\xa0b</p><p>c</p>"),
        ("style", '{"a": 1, "b": 2}'),
        ("none", None),
        ("list", (("item", "d"),)),
    )


@pytest.mark.parametrize("nothing", [None, "", False])
def test_nothing_chosen_means_nothing_whatever_is_stored(nothing):
    assert meaning(Choice(nothing)) is None
    assert meaning(Choice("0")) == '"0"'


def test_items_without_an_id_or_with_that_of_another_are_given_one_and_the_same_each_time():
    items = [
        Item(ident, "item", "Step", "step", Text(words)) for ident, words in zip("a a", "xyz", strict=True)
    ]
    items[1] = replace(items[1], id="")
    first, second, third = with_own_ids(items)
    assert first == items[0]
    assert {len(str(UUID(one.id))) for one in (second, third)} == {36}
    assert second.id != third.id
    assert [one.node.value for one in (first, second, third)] == ["x", "y", "z"]
    assert with_own_ids(items) == (first, second, third)


def test_two_paragraphs_in_conflict_have_no_editor_key_in_common():
    base, library, mine = (f'<p data-block-key="k1">{words}</p>' for words in ("old", "newer", "ours"))
    html = stored_body(merged([text(base)], [text(library)], [text(mine)]).content)[0]["value"]
    assert html == '<p>newer</p><p data-block-key="k1">ours</p>'


def test_right_to_left_words_are_merged_like_any_other():
    html = html_of(
        "<p>إبرة رفيعة في العضلة هنا</p>",
        "<p>إبرة جديدة في العضلة هنا</p>",
        "<p>إبرة رفيعة في العضلة هناك</p>",
    )
    assert html == "<p>إبرة جديدة في العضلة هناك</p>"


def test_headings_are_merged_too_and_both_stand_there_in_a_conflict():
    bodies = ([], [], [])
    ready = merged(*bodies, headings=("How does it work now?", "How might it work now?", "How does it work?"))
    assert ready.content.heading.value == "How might it work?"
    assert ready.woven == ("How might it work?",)
    contested = merged(*bodies, headings=("Cost", "Fees", "Prices"))
    assert contested.content.heading.value == "Fees / Prices"
    assert contested.conflicts[0].noun == "heading"


@pytest.mark.parametrize(
    "damaged",
    [
        "<p>open",
        "</p>",
        "<ul><li>a",
        "<p><b>x</p></b>",
        "text alone",
        "<p title='>'>x</p>",
        "<",
        "<table><tr>",
    ],
)
def test_markup_nobody_understands_is_kept_whole(damaged):
    base, library, mine = ([text(f"<p>{word}</p>") | {"value": damaged + word}] for word in ("", "x", "y"))
    value = stored_body(merged(base, library, mine).content)[0]["value"]
    assert damaged + "x" in value
    assert damaged + "y" in value


def test_a_text_the_size_of_a_book_is_no_trouble():
    base = " ".join(f"word{index % 50}" for index in range(20_000))
    started = time.process_time()
    result = merged([text(base)], [text("newer " + base[::-1])], [text(base + " ours")])
    assert result.conflicts
    assert time.process_time() - started < 5


def _long(*changed, word):
    sentence = (
        "A thin needle goes into the tight spot of the muscle, stays there for a moment and comes out. "
    )
    return text(*(f"{word if n in changed else n} {sentence * 4}{n}" for n in range(40)))


def test_forty_long_paragraphs_merge_in_a_fifth_of_a_second():
    base, library = [_long(word="")], [_long(*range(0, 40, 2), word="NEW")]
    mine = [_long(*range(1, 40, 2), word="OURS")]
    durations = []
    for _ in range(3):
        started = time.process_time()
        assert merged(base, library, mine).is_ready
        durations.append(time.process_time() - started)
    assert min(durations) < 0.2
