"""Stored bodies of sections for the tests of comparing and merging, by hand and by Hypothesis."""

import re
from html import escape, unescape
from uuid import NAMESPACE_URL, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from clinicsite.library.comparison.merging import merge
from clinicsite.library.comparison.reader import Reader, stored_body


def for_all(*strategies):
    """A law for everything the strategies make; how long it takes on a busy machine is no part of it."""
    return lambda test: settings(deadline=None)(given(*strategies)(test))


def text(*paragraphs, key="text"):
    """A stored text block; a paragraph that is no markup yet becomes one."""
    html = "".join(words if words.startswith("<") else f"<p>{words}</p>" for words in paragraphs)
    return {"type": "paragraph", "value": html, "id": _id(key)}


def steps(*titles, key="steps"):
    """A stored block of steps: (title, words) each, or a title alone."""
    pairs = [title if isinstance(title, tuple) else (title, "") for title in titles]
    items = [
        {"type": "item", "id": _id(f"{key}{place}"), "value": {"title": title, "text": words}}
        for place, (title, words) in enumerate(pairs)
    ]
    return {"type": "steps", "value": {"items": items}, "id": _id(key)}


def callout(words, *, style="information", heading="", key="callout"):
    """A stored callout."""
    value = {"style": style, "heading": heading, "text": f"<p>{words}</p>"}
    return {"type": "callout", "value": value, "id": _id(key)}


def table(columns, *rows, key="table"):
    """A stored comparison table; each row is its label and its cells."""
    value = {
        "caption": "Compared",
        "columns": _items(columns, f"{key}-column"),
        "rows": _items(
            [{"label": label, "cells": _items(cells, f"{key}-{label}")} for label, *cells in rows],
            f"{key}-row",
        ),
    }
    return {"type": "comparison", "value": value, "id": _id(key)}


def merged(base, library, mine, headings=("", "", ""), **options):
    """The merge of three stored bodies."""
    reader = Reader()
    contents = [reader.content(*one) for one in zip(headings, (base, library, mine), strict=True)]
    return merge(*contents, **options)


def merged_body(base, library, mine):
    """The stored body that is proposed; fails if there is anything to decide."""
    result = merged(base, library, mine)
    assert result.conflicts == ()
    return stored_body(result.content)


def words_in(stored):
    """Every word a patient would read in a stored value."""
    if isinstance(stored, dict):
        stored = stored["value"] if "value" in stored else list(stored.values())
    if isinstance(stored, dict | list):
        children = stored.values() if isinstance(stored, dict) else stored
        return set().union(*(words_in(child) for child in children))
    # Markup ends no word but at the end of a paragraph or a list item.
    html = re.sub(r"</?(?:p|li|h3|h4|ul|ol|br)\b[^>]*>", " ", str(stored))
    return set(unescape(re.sub(r"<[^>]*>", "", html)).split())


def _items(values, key):
    return [{"type": "item", "value": value, "id": _id(f"{key}{i}")} for i, value in enumerate(values)]


def _id(key):
    return str(uuid5(NAMESPACE_URL, key))


_PHRASES = (
    "a thin needle",
    "the needle goes into the muscle",
    "the thick needle stays in the muscle",
    "{clinic} has no pain",
    "call {phone} before noon, please. Then wait",
    "Tom & Ann",
    "3 < 4 > 2",
    "größe e\u0301t",
    "إبرة في العضلة",
    "針灸",
    "the",
    "no",
)
_MARKUP = (
    "{}",
    "<b>{}</b>",
    "<i>{}</i> again",
    'see <a linktype="page" id="3">{}</a>.',
    "<b>{} <i>and so on</i></b>",
    'cited <a linktype="clinicsite-citation" id="7">{}</a>, yes',
    "{}<br/>again",
)
_KEYS = ("", "", ' data-block-key="k1"', ' data-block-key="k2"', ' data-block-key="k3"')
_INLINE = st.builds(
    lambda pairs: " ".join(markup.replace("{}", escape(words)) for markup, words in pairs),
    st.lists(st.tuples(st.sampled_from(_MARKUP), st.sampled_from(_PHRASES)), min_size=1, max_size=3),
)
_LINES = (
    "<p{1}>{0}</p>",
    "<p>{0}</p><p{1}>{0}</p>",
    "<h3{1}>{0}</h3>",
    "<ul><li{1}>{0}</li><li>{0} more</li></ul>",
    "<ol><li>{0}<ul><li{1}>{0}</li></ul></li></ol>",
)
_LINE = st.builds(
    lambda form, words, key: form.format(words, key), st.sampled_from(_LINES), _INLINE, st.sampled_from(_KEYS)
)
#: Rich text of a few paragraphs, sub-headings and lists.
RICH = st.lists(_LINE, min_size=1, max_size=3).map("".join)
_BLOCK_IDS = st.sampled_from([_id(name) for name in "abcdef"])
_TITLES = st.sampled_from(_PHRASES)
_ITEM_IDS = st.sampled_from([_id(name) for name in "uvwxyz"])


def _listed(values):
    pairs = st.lists(st.tuples(_ITEM_IDS, values), min_size=1, max_size=2, unique_by=lambda pair: pair[0])
    return pairs.map(lambda found: [{"type": "item", "id": key, "value": value} for key, value in found])


_ITEMS = _listed(st.fixed_dictionaries({"title": _TITLES, "text": RICH}))
_VALUES = {
    "paragraph": RICH,
    "steps": st.fixed_dictionaries({"items": _ITEMS}),
    "benefits": st.fixed_dictionaries({"intro": _TITLES, "is_numbered": st.booleans(), "items": _ITEMS}),
    "comparison": st.builds(
        lambda columns, labels: table(columns, *((label, label, "yes") for label in labels))["value"],
        st.lists(_TITLES, min_size=2, max_size=2),
        st.lists(_TITLES, min_size=1, max_size=2),
    ),
    # Blocks were once defined with other fields, or will be: a version may have one that another lacks.
    "callout": st.fixed_dictionaries(
        {"style": st.sampled_from(["information", "warning"]), "heading": _TITLES, "text": RICH},
        optional={"reason": _TITLES, "audience": _TITLES},
    ),
    "quotation": st.fixed_dictionaries(
        {"text": _TITLES, "attribution": _TITLES}, optional={"source": _TITLES, "year": _TITLES}
    ),
}
#: The plain fields of blocks that somebody edits one by one; the last two are in no block's definition.
_FIELDS = {
    "callout": ("heading", "reason", "audience"),
    "quotation": ("text", "attribution", "source", "year"),
}
_BLOCK = st.sampled_from(["paragraph", "paragraph", *_VALUES]).flatmap(
    lambda kind: st.fixed_dictionaries({"type": st.just(kind), "id": _BLOCK_IDS, "value": _VALUES[kind]})
)
BODIES = st.lists(_BLOCK, max_size=3, unique_by=lambda block: block["id"])


@st.composite
def edited(draw, body):
    """A body as somebody leaves it who has edited it: blocks rewritten, moved, dropped, added."""
    blocks = [draw(_rewritten(block)) for block in body if draw(st.integers(0, 4))]
    if draw(st.booleans()):
        blocks = draw(st.permutations(blocks))
    taken = {block["id"] for block in blocks}
    return [*blocks, *(block for block in draw(BODIES)[:1] if block["id"] not in taken)]


def _rewritten(block):
    anew = _VALUES[block["type"]].map(lambda value: {**block, "value": value})
    if block["type"] in _FIELDS:
        one_field = st.builds(_with_field, st.just(block), st.sampled_from(_FIELDS[block["type"]]), _TITLES)
        return st.one_of(st.just(block), one_field, one_field, anew)
    if block["type"] != "paragraph":
        return st.one_of(st.just(block), anew)
    reworded = st.builds(_reworded, st.just(block), _TITLES, st.booleans())
    return st.one_of(st.just(block), reworded, reworded, anew)


def _with_field(block, name, words):
    """The block with other words in one field, which it may not have had."""
    return {**block, "value": {**block["value"], name: words}}


def _reworded(block, words, at_the_end):
    """The text with words put at the start of its first paragraph or the end of its last."""
    html = block["value"]
    place = html.rfind("</p>") if at_the_end else html.find(">") + 1
    if place < 0:
        return {**block, "value": f"{html}<p>{escape(words)}</p>"}
    return {**block, "value": f"{html[:place]} {escape(words)} {html[place:]}"}


#: A base, and what the library and the clinic have each made of it; sometimes all three of nothing at all.
THREE_BODIES = BODIES.flatmap(
    lambda base: st.tuples(st.just(base), st.one_of(edited(base), BODIES), edited(base))
)
