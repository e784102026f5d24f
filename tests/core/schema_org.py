"""Is a JSON-LD graph good schema.org? Checked against the vocabulary in tests/data."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

VOCABULARY = json.loads((Path(__file__).parents[1] / "data" / "schemaorg-30.0.json").read_text())
TYPES, PROPERTIES = VOCABULARY["types"], VOCABULARY["properties"]
ENUMERATIONS, SUPERSEDED = VOCABULARY["enumerations"], VOCABULARY["superseded"]
PREFIX = "https://schema.org/"
_TAG = re.compile(r"<[a-z/!]")


def graph_in(html):
    """The nodes of a page's one graph, as a robot reads them from the page."""
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    document = json.loads(block)
    assert document.keys() == {"@context", "@graph"}
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def problems_in(graph, root_url):
    """Everything that is wrong with a graph, each a sentence; none in a good one."""
    found = [problem for one in graph for problem in _problems_of(one)]
    return found + list(_unresolved(graph, root_url))


def nodes_in(value):
    """Every node of a graph, nested ones too, references left out."""
    if isinstance(value, list):
        for one in value:
            yield from nodes_in(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes_in(one)


def values_in(value):
    """Every text and number in a graph, types and ids left out."""
    if isinstance(value, list):
        for one in value:
            yield from values_in(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if not name.startswith("@"):
                yield from values_in(one)
    else:
        yield value


def types_of(node):
    kind = node.get("@type", [])
    return kind if isinstance(kind, list) else [kind]


@cache
def ancestry(kind):
    """A type and all that it derives from."""
    parents = TYPES.get(kind, [])
    return frozenset({kind}).union(*(ancestry(parent) for parent in parents))


def _problems_of(node) -> Iterator[str]:
    kinds = types_of(node)
    yield from (f"There is no type {kind}." for kind in kinds if kind not in TYPES)
    yield from (f"{kind} is superseded." for kind in kinds if kind in SUPERSEDED)
    all_kinds = frozenset().union(*(ancestry(kind) for kind in kinds))
    for name, value in node.items():
        if not name.startswith("@"):
            yield from _problems_of_property(name, value, kinds, all_kinds)


def _problems_of_property(name, value, kinds, all_kinds):
    if name.endswith(("-input", "-output")):
        yield from _problems_of_annotation(name, value, kinds, all_kinds)
        return
    if name in SUPERSEDED:
        yield f"{name} is superseded by {SUPERSEDED[name]}."
    if name not in PROPERTIES:
        yield f"There is no property {name}."
        return
    if not all_kinds & set(PROPERTIES[name]["domain"]):
        yield f"{name} does not belong to {kinds}."
    for one in value if isinstance(value, list) else [value]:
        if not any(_fits(one, kind) for kind in PROPERTIES[name]["range"]):
            yield f"{name} of {kinds} cannot be {one!r}."
        if isinstance(one, dict) and "@type" in one:
            yield from _problems_of(one)


def _problems_of_annotation(name, value, kinds, all_kinds):
    """An action says with "-input" how a property of its own is filled in: schema.org/docs/actions.html."""
    annotated = name.rpartition("-")[0]
    domain = set(PROPERTIES[annotated]["domain"]) if annotated in PROPERTIES else set()
    if "Action" not in all_kinds or not all_kinds & domain:
        yield f"{name} does not belong to {kinds}."
    if not (_is_text(value) or _fits(value, "PropertyValueSpecification")):
        yield f"{name} of {kinds} cannot be {value!r}."


def _fits(value, kind):
    if isinstance(value, dict):
        # What a reference leads to is checked where it is described.
        is_reference = value.keys() == {"@id"}
        return is_reference or any(kind in ancestry(one) for one in types_of(value))
    if kind in ENUMERATIONS:
        return isinstance(value, str) and value.removeprefix(PREFIX) in ENUMERATIONS[kind]
    return _DATA_TYPES.get(kind, _never)(value)


def _never(value):
    return False


def _is_text(value):
    return isinstance(value, str) and bool(value.strip()) and not _TAG.search(value)


def _is_url(value):
    return (
        isinstance(value, str)
        and urlsplit(value).scheme in ("http", "https")
        and bool(urlsplit(value).netloc)
    )


def _parses(parse):
    def is_one(value):
        try:
            return isinstance(value, str) and bool(parse(value) or True)
        except ValueError:
            return False

    return is_one


def _as_date(value):
    # ISO 8601 knows dates of less precision: a year alone.
    return date(int(value), 1, 1) if re.fullmatch(r"[0-9]{4}", value) else date.fromisoformat(value)


_DATA_TYPES = {
    "Text": _is_text,
    "URL": _is_url,
    "Date": _parses(_as_date),
    "DateTime": _parses(datetime.fromisoformat),
    "Time": _parses(time.fromisoformat),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
}


def _unresolved(graph, root_url):
    described = [node["@id"] for node in graph if "@id" in node]
    yield from (f"{one} is described twice." for one in set(described) if described.count(one) > 1)
    for reference in _references_in(graph):
        is_here = reference in described
        page, _, fragment = reference.partition("#")
        if not is_here and fragment and any(one.startswith(f"{page}#") for one in described):
            yield f"{reference} is said to be on this page and is not."
        if not is_here and not reference.startswith(f"{root_url}/"):
            yield f"{reference} leads off the site."


def _references_in(value):
    if isinstance(value, list):
        for one in value:
            yield from _references_in(one)
    elif isinstance(value, dict):
        if value.keys() == {"@id"}:
            yield value["@id"]
        for one in value.values():
            yield from _references_in(one)
