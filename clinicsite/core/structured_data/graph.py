"""Nodes of a JSON-LD graph, and the graph as a page prints it. No Wagtail here."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from clinicsite.core.printable import all_printable

#: One schema.org value, as JSON has it.
Node = dict[str, Any]

CONTEXT = "https://schema.org"
#: Written as escapes, no text of an editor can end the script element or begin a comment.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def node(kind: str | list[str], at: str = "", /, **properties: Any) -> Node:
    """A value of this type, or of several, with the properties that hold something.

    `at` is its stable id: a full address with a fragment, the same on every page that names the thing.
    """
    known = {name: value for name, value in properties.items() if value not in (None, "", [], (), {})}
    return {"@type": kind, **({"@id": at} if at else {}), **known}


def link(at: str) -> Node:
    """A reference to a node that is described elsewhere in the graph, or on another page of the site."""
    return {"@id": at}


def as_script(nodes: Iterable[Node]) -> SafeString:
    """The graph as a data block. A browser never executes one, so the strict policy lets it pass."""
    graph = {"@context": CONTEXT, "@graph": list(nodes)}
    text = json.dumps(all_printable(graph), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
