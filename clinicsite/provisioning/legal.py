"""The pages that every website owes its readers, in words of ours that the clinic's owner can change."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from clinicsite.home.models import StandardPage
from clinicsite.provisioning.rich_text import rich_text

TEXTS = Path(__file__).parent / "texts"
#: The pages, in the order they are made: names of the files of texts, which are their slugs too.
LEGAL_PAGES = ("privacy", "accessibility", "how-we-make-our-pages")


@dataclass(frozen=True)
class Ways:
    """How a clinic is reached, as its own texts say it.

    Args:
        clinic: The clinic's name.
        email: Its e-mail address; empty for none.
        phone: Its number to call, as people write it; empty for none.
    """

    clinic: str
    email: str = ""
    phone: str = ""

    @property
    def words(self) -> dict[str, str]:
        """What stands in place of the names in braces."""
        ways = [f"write to {self.email}"] if self.email else []
        ways += [f"call {self.phone}"] if self.phone else []
        said = " or ".join(ways) or "tell us"
        return {"clinic": self.clinic, "ways": said, "Ways": said[0].upper() + said[1:]}


def legal_page(slug: str, ways: Ways) -> StandardPage:
    """One of the pages, unsaved; slug is one of `LEGAL_PAGES`."""
    text = tomllib.loads((TEXTS / f"{slug}.toml").read_text(encoding="utf-8"))
    return StandardPage(
        title=text["title"],
        slug=text["slug"],
        summary=text["summary"],
        sections=[_section(section, ways.words) for section in text["sections"]],
    )


def _section(section, words):
    body = {"type": "paragraph", "id": str(uuid4()), "value": rich_text(section["text"].format(**words))}
    return {
        "type": "section",
        "id": str(uuid4()),
        "value": {"heading": section["heading"], "body": [body]},
    }
