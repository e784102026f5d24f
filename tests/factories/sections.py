"""Stored sections and blocks, as a page's `sections` field takes them."""

import json
from uuid import NAMESPACE_URL, uuid5


def paragraph(words):
    """A stored paragraph block."""
    return {"type": "paragraph", "value": f"<p>{words}</p>", "id": str(uuid5(NAMESPACE_URL, words))}


def section(heading, words="Some words.", *, key=None, **value):
    """A stored section; its id follows from `key` or its heading."""
    ident = str(uuid5(NAMESPACE_URL, f"test-section:{key or heading}"))
    value = {"kind": "other", "heading": heading, "body": [paragraph(words)], **value}
    return {"type": "section", "value": value, "id": ident}


def stored(sections):
    """Sections as JSON, for a form field or a raw column."""
    return json.dumps(sections)
