"""Laws of the merge, whatever library and clinic have written."""

from html.parser import HTMLParser

from hypothesis import strategies as st

from clinicsite.core.blocks import BodyBlock
from clinicsite.library.comparison.paragraphs import html_of as html_of_lines
from clinicsite.library.comparison.paragraphs import lines
from clinicsite.library.comparison.reader import is_valid, stored_body
from clinicsite.library.equality import body_meaning
from clinicsite.library.markup import html_of, plain_atoms, rich_atoms
from tests.library.bodies import BODIES, RICH, THREE_BODIES, edited, for_all, merged, words_in

BODY = BodyBlock(required=False)
PAIRS = BODIES.flatmap(lambda body: st.tuples(st.just(body), edited(body)))


class _Strict(HTMLParser):
    """Fails on a tag that is closed without having been opened, or left open."""

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.feed(html)
        self.close()
        assert self.open == [], html

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "br":
            assert self.open, tag
            assert self.open.pop() == tag


def _rich_texts(stored):
    if isinstance(stored, dict):
        stored = list(stored.values())
    if isinstance(stored, list):
        return [html for child in stored for html in _rich_texts(child)]
    return [stored] if isinstance(stored, str) and stored.startswith("<") else []


@for_all(PAIRS)
def test_where_only_the_library_changed_the_merge_is_the_library(pair):
    base, library = pair
    result = merged(base, library, base)
    assert body_meaning(stored_body(result.content)) == body_meaning(library)
    assert result.is_ready


@for_all(PAIRS)
def test_where_only_the_clinic_changed_the_merge_is_the_clinics(pair):
    base, mine = pair
    result = merged(base, base, mine)
    assert body_meaning(stored_body(result.content)) == body_meaning(mine)
    assert result.is_ready


@for_all(PAIRS)
def test_where_both_say_the_same_the_merge_says_it_too(pair):
    base, both = pair
    result = merged(base, both, both)
    assert body_meaning(stored_body(result.content)) == body_meaning(both)
    assert result.is_ready


@for_all(THREE_BODIES)
def test_no_word_that_either_side_added_is_dropped(bodies):
    base, library, mine = bodies
    result = words_in(stored_body(merged(base, library, mine).content))
    assert (words_in(library) | words_in(mine)) - words_in(base) <= result


@for_all(THREE_BODIES)
def test_no_citation_or_link_is_made_up_or_broken(bodies):
    for html in _rich_texts(stored_body(merged(*bodies).content)):
        _Strict(html)
        assert html.count("<a ") == html.count('<a linktype="page" id="3">') + html.count(
            '<a linktype="clinicsite-citation" id="7">'
        )


@for_all(THREE_BODIES)
def test_the_merge_of_valid_bodies_is_valid(bodies):
    stored = stored_body(merged(*bodies, is_valid=is_valid).content)
    BODY.clean(BODY.to_python(stored))
    assert len({block["id"] for block in stored}) == len(stored)


@for_all(THREE_BODIES)
def test_the_same_merge_is_proposed_each_time(bodies):
    assert merged(*bodies) == merged(*bodies)


@for_all(THREE_BODIES)
def test_both_sides_have_the_same_conflicts_whoever_is_called_the_library(bodies):
    base, library, mine = bodies
    one, other = merged(base, library, mine), merged(base, mine, library)
    assert one.is_ready == other.is_ready


@for_all(RICH)
def test_rich_text_is_put_together_as_it_was_taken_apart(html):
    assert html_of_lines(lines(html)) == html
    for line in lines(html):
        assert html_of(rich_atoms(line.html)) == line.html


@for_all(st.text())
def test_any_text_is_put_together_as_it_was_taken_apart(text):
    assert html_of(plain_atoms(text)) == text
    atoms = rich_atoms(text)
    assert atoms is None or html_of(atoms) == text
    assert "".join(html_of_lines(lines(text)).split()) == "".join(text.split())


@for_all(st.lists(st.text(), min_size=3, max_size=3))
def test_any_text_at_all_can_be_merged(texts):
    bodies = [[{"type": "paragraph", "value": text, "id": "one"}] for text in texts]
    for body in bodies:
        body.append({"type": "quotation", "value": {"text": body[0]["value"]}, "id": "two"})
    assert stored_body(merged(*bodies).content)
