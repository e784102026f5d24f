"""A clinic as one file: its pages to read and as data, what it says of itself, messages, files, redirects."""

import json
import os
import secrets
import zipfile
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from wagtail.models import Page, Site

from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.models.groups import groups_of
from clinicsite.clinics.visits import WORD, word_for
from clinicsite.provisioning.clinics import Say
from clinicsite.provisioning.retiring.tables import (
    files_of,
    files_table,
    messages_table,
    redirects_table,
)

README = """{name}, as it was when it was exported.

clinic.json      what the clinic said of itself, its hosts, groups and people
pages/*.html     each published page, as patients read it
pages/*.json     each page as data; of one with changes that were not published, the draft as well
messages.csv     what patients wrote
redirects.csv    addresses that led elsewhere
pictures/, documents/    the files, with their titles in pictures.csv and documents.csv
"""


class ArchiveError(Exception):
    """Why a clinic could not be exported whole."""


def write_archive(site: Site, path: Path, say: Say = lambda line: None) -> None:
    """Write all that a clinic has into a file, whole or not at all.

    Args:
        path: Where the file is to be; there is none yet.
        say: Is given a line for each thing that the archive lacks, such as a file that storage has lost.

    Raises:
        ArchiveError: where it cannot be written, or not be read again.
    """
    # A name of its own: somebody else may be retiring a clinic of the same name at this moment.
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(archive, site, say)
        _refuse_damaged(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        # Not `rename`, which would write over a file that has come meanwhile.
        os.link(part, path)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def _refuse_damaged(part):
    with zipfile.ZipFile(part) as archive:
        if damaged := archive.testzip():
            raise ArchiveError(f"{damaged} could not be read again from the file.")


def _write(archive, site, say):
    archive.writestr("README.txt", README.format(name=site.site_name or site.hostname))
    archive.writestr("clinic.json", _as_json(_clinic(site)))
    _write_pages(archive, site, say)
    archive.writestr("messages.csv", messages_table(site))
    archive.writestr("redirects.csv", redirects_table(site))
    _write_files(archive, site, say)


def _clinic(site) -> dict[str, Any]:
    settings = list(ClinicSettings.objects.filter(site=site))
    rows = [row for one in settings for row in (one, *one.insurers.all(), *one.social_links.all())]
    people = {
        role.get_role_display(): [
            {"name": person.get_full_name(), "email": person.email} for person in role.group.user_set.all()
        ]
        for role in site.clinicsite_roles.select_related("group").order_by("role")
    }
    return {
        "name": site.site_name,
        "hosts": hosts_of(site),
        "groups": [group.name for group in groups_of(site)],
        "people": people,
        "settings": serializers.serialize("python", rows),
    }


def _write_pages(archive, site, say):
    root = site.root_page
    pages = Page.objects.descendant_of(root, inclusive=True).order_by("path")
    visitor = _visitor(site)
    for number, page in enumerate(pages.specific().iterator(chunk_size=50)):
        name = f"pages/{number:04d}-{page.slug[:80]}"
        data = {"address": page.full_url, "live": page.live, "page": page.serializable_data()}
        if page.has_unpublished_changes and page.latest_revision_id:
            data["draft"] = page.latest_revision.content
        archive.writestr(f"{name}.json", _as_json(data))
        if page.live and page.preview_modes:
            response = page.make_preview_request(visitor, page.default_preview_mode)
            if hasattr(response, "render"):
                response.render()
            if response.status_code == 200:
                archive.writestr(f"{name}.html", response.content)
            else:
                say(f"“{page.title}” could not be shown ({response.status_code}); its data is there.")


def _visitor(site):
    """A request of somebody whom a site lets in that is not open yet."""
    visitor = HttpRequest()
    visitor.META = {"HTTP_COOKIE": f"{WORD}={word_for(site)}", "REMOTE_ADDR": "127.0.0.1"}
    return visitor


def _write_files(archive, site, say):
    names: dict[str, list] = {"pictures": [], "documents": []}
    for folder, row in files_of(site):
        name = f"{folder}/{row.pk}-{Path(row.file.name).name}"
        try:
            with row.file.open("rb") as source, archive.open(name, "w") as target:
                while chunk := source.read(1 << 20):
                    target.write(chunk)
        except FileNotFoundError:
            say(f"The file of “{row.title}” was lost before; the archive has its title.")
        names[folder].append((name, row))
    for folder, rows in names.items():
        archive.writestr(f"{folder}.csv", files_table(rows))


def _as_json(value):
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
