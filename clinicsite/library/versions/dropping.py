"""Which sections a version of a library page has dropped, measured by what clinics have of the page.

That is the live page. Of one that is not live it is the version it was retired with: the editor writes the
drafts of such a page into its own row, and no clinic has read them.
"""

import json
from datetime import datetime

from clinicsite.library.models.releases import Release
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.sections import retired_after
from clinicsite.library.stored import RetiredSection, VersionContent


def dropped_by(version: LibraryReader, stored: LibraryReader, moment: datetime) -> list[RetiredSection]:
    """The `retired_sections` of a version of a library page that takes the place of what clinics have now.

    `stored` is the page as its row has it, which may be `version` itself before it is saved.
    """
    had, dropped = _now(stored) if stored.live else _when_retired(stored)
    return retired_after(had, list(version.sections.raw_data), dropped, moment)


def _now(page):
    return list(page.sections.raw_data), page.retired_sections


def _when_retired(page):
    """(stored sections, sections dropped before) of the version a page was retired with, if it ever was."""
    retirements = Release.objects.filter(page_id=page.pk, state=Release.State.RETIRED)
    release = retirements.only("content").first()
    if release is None:
        return [], []
    return json.loads(release.content["sections"]), kept_dropped(release.content)


def kept_dropped(content: VersionContent) -> list[RetiredSection]:
    """The sections that a stored version which was live had dropped by then."""
    return content.get("retired_sections") or []
