from django.core.management.base import BaseCommand
from django.db import transaction

from clinicsite.library.index_rows import rebuild
from clinicsite.library.shared_pages.page import library_page_models


class Command(BaseCommand):
    """Writes anew what the matrix and all counts over clinics ask; `index_rows.rebuild` says when to."""

    help = (
        "Write the index of library sections and the fingerprint of every override anew, as after an upgrade."
    )

    @transaction.atomic
    def handle(self, *args, verbosity, **options):
        done = rebuild(library_page_models())
        if not verbosity:
            return
        self.stdout.write(
            f"{_count(done.pages, 'library page')}: {_count(done.sections, 'section')}, "
            f"of which {done.sections_written} were written anew."
        )
        self.stdout.write(
            f"{_count(done.overrides, 'override')}, of which {done.overrides_written} were written anew."
        )


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
