"""What a page says to machines: one JSON-LD `@graph` of schema.org values a page.

Each app describes its own page types in its module `structured_data.py` and registers them when it is ready.
Here is what they share: nodes, stable ids, plain text, the page itself, its breadcrumb and its questions.
"""

from clinicsite.core.structured_data.graph import Node, as_script, link, node
from clinicsite.core.structured_data.pages import (
    breadcrumb,
    changed_on,
    collection,
    description_of,
    page_about,
    page_id,
    picture_url,
    questions,
)
from clinicsite.core.structured_data.registry import graph_of, register_for, register_for_every_page
from clinicsite.core.structured_data.shown import Shown, shown_in
from clinicsite.core.structured_data.text import plain_text, questions_in, without_citations, words_of

__all__ = [
    "Node",
    "Shown",
    "as_script",
    "breadcrumb",
    "changed_on",
    "collection",
    "description_of",
    "graph_of",
    "link",
    "node",
    "page_about",
    "page_id",
    "picture_url",
    "plain_text",
    "questions",
    "questions_in",
    "register_for",
    "register_for_every_page",
    "shown_in",
    "without_citations",
    "words_of",
]
