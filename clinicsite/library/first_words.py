"""The words of patients that a new library begins with: what means the same, and what leads to what.

They are the library's from then on. Its editors change and remove them, and none is made a second time.
"""

import tomllib
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from clinicsite.library.models import SynonymGroup

FILE = Path(__file__).with_name("first_words.toml")


def first_words() -> list[SynonymGroup]:
    """The groups, none of them stored."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rows = [(terms, []) for terms in found["groups"]] + [(row["to"], row["from"]) for row in found["leads"]]
    return [SynonymGroup(terms="\n".join(to), narrower_terms="\n".join(others)) for to, others in rows]


def make_first_words() -> int:
    """Store them where there are no words and never were, as the history has it; how many were made."""
    if SynonymGroup.objects.exists() or _have_a_history():
        return 0
    groups = first_words()
    for group in groups:
        group.full_clean()
        group.save()
        log(group, "wagtail.create")
    return len(groups)


def _have_a_history():
    kind = ContentType.objects.get_for_model(SynonymGroup)
    return ModelLogEntry.objects.filter(content_type=kind).exists()
