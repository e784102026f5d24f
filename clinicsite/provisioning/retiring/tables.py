"""What a clinic's archive has as tables: messages, redirects, pictures and documents."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site

from clinicsite.core.spreadsheets import as_words
from clinicsite.home.models import ContactMessage
from clinicsite.provisioning.clinics import collections_of

MESSAGES = ("Received", "What", "State", "Name", "E-mail", "Phone", "Good time", "Location", "Treatment")


def messages_of(site: Site) -> QuerySet:
    """What patients have sent to a clinic."""
    return ContactMessage.objects.filter(page__path__startswith=site.root_page.path).order_by("pk")


def files_of(site: Site) -> Iterator[tuple[str, object]]:
    """(folder, row) of each picture and document of a clinic."""
    collections = [one.pk for one in collections_of(site)]
    for folder, model in (("pictures", get_image_model()), ("documents", get_document_model())):
        for row in model.objects.filter(collection__in=collections).order_by("pk"):
            yield folder, row


def messages_table(site: Site) -> str:
    """The messages, a line each."""
    rows = (
        [
            f"{timezone.localtime(one.created_at):%Y-%m-%d %H:%M}",
            one.get_kind_display(),
            one.state_text,
            one.name,
            one.email,
            one.phone_text,
            one.preferred_time,
            one.location,
            one.treatment,
            one.message,
        ]
        for one in messages_of(site)
    )
    return _table([*MESSAGES, "Message"], rows)


def redirects_table(site: Site) -> str:
    """The redirects from addresses of the clinic."""
    rows = (
        [one.old_path, one.link or "", "permanent" if one.is_permanent else "temporary"]
        for one in Redirect.objects.filter(site=site).select_related("redirect_page").order_by("old_path")
    )
    return _table(["From", "To", "How"], rows)


def files_table(rows: Iterable[tuple[str, object]]) -> str:
    """(name in the archive, row) of files, with what the clinic says of each."""
    lines = ([name, row.title, getattr(row, "alt_text", "")] for name, row in rows)
    return _table(["File", "Title", "Alternative text"], lines)


def _table(headings, rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([as_words(str(value)) for value in row] for row in rows)
    # By its mark Excel knows UTF-8.
    return "\ufeff" + text.getvalue()
