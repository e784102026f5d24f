"""A clinic that closes: exported first, then removed wholly, and its hosts say so."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site

from clinicsite.clinics.models import AuditEntry, ClinicSettings, RetiredClinic, RetiredHost, SiteState
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.home.models import ContactMessage
from clinicsite.media.models import CustomDocument
from clinicsite.provisioning.retiring import retire
from clinicsite.provisioning.retiring.retire import RetirementError, retire_clinic
from tests.commands import ROOT, environment
from tests.factories import (
    ClinicFactory,
    ContactPageFactory,
    ImageFactory,
    NetworkPageFactory,
    StandardPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def filled(clinic):
    """A message, a redirect, a picture, a draft, and a document whose file has been lost."""
    contact = ContactPageFactory(parent=clinic.home)
    ContactMessage.objects.create(
        page=contact, name="Ada Brook", email="ada@mail.example", message="=1+1 hurts"
    )
    Redirect.objects.create(old_path="/old", site=clinic.site, redirect_link="/new/")
    ImageFactory(collection=clinic.collection, title="A door")
    CustomDocument.objects.create(title="Fees", file="fees.pdf", collection=clinic.collection)
    page = StandardPageFactory(parent=clinic.home, title="Parking here")
    page.title = "Parking there"
    page.save_revision()
    return clinic


@pytest.fixture
def full(clinic, owner):
    return filled(clinic)


@pytest.fixture
def folder(tmp_path, settings):
    settings.CLINICSITE = {**settings.CLINICSITE, "ARCHIVE_FOLDER": str(tmp_path / "archives")}
    (tmp_path / "archives").mkdir()
    return tmp_path / "archives"


@pytest.fixture
def browser(clinic, library, admin_client_of):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return admin_client_of(UserFactory(username="administrator", groups=[groups["Agency administrators"]]))


def read(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestExport:
    def test_all_that_a_clinic_has_is_in_the_file(self, full, folder):
        said = []
        files = read(retire_clinic(full.site, folder, say=said.append).path)
        clinic = json.loads(files["clinic.json"])
        assert clinic["hosts"] == ["north.localhost"]
        assert clinic["settings"][0]["fields"]["name"] == "North Clinic"
        assert list(clinic["people"]) == ["Auditor", "Author", "Editor", "Owner"]
        (line,) = csv.DictReader(io.StringIO(files["messages.csv"].decode("utf-8-sig")))
        assert (line["Name"], line["Message"]) == ("Ada Brook", "'=1+1 hurts")
        (line,) = csv.DictReader(io.StringIO(files["redirects.csv"].decode("utf-8-sig")))
        assert line == {"From": "/old", "To": "/new/", "How": "permanent"}
        (picture,) = [name for name in files if name.startswith("pictures/")]
        assert files[picture][:2] == b"\xff\xd8"
        assert b"A door" in files["pictures.csv"]
        assert b"Fees" in files["documents.csv"]
        assert said == ["The file of “Fees” was lost before; the archive has its title."]

    def test_each_page_is_there_to_read_and_as_data_drafts_too(self, full, folder):
        files = read(retire_clinic(full.site, folder).path)
        (name,) = [name for name in files if name.endswith("parking-here.json")]
        data = json.loads(files[name])
        assert data["page"]["title"] == "Parking here"
        assert data["draft"]["title"] == "Parking there"
        html = files[name.replace(".json", ".html")].decode()
        assert "<h1" in html
        assert "Parking here" in html
        assert "North Clinic" in html

    def test_a_site_that_is_not_open_is_exported_as_its_people_see_it(self, full, folder):
        full.settings.state = SiteState.DRAFT
        full.settings.save()
        site = Site.objects.get(pk=full.site.pk)
        files = read(retire_clinic(site, folder).path)
        (name,) = [name for name in files if name.endswith("parking-here.html")]
        assert "Parking here" in files[name].decode()

    def test_nothing_of_another_clinic_is_in_it(self, full, other_clinic, folder):
        filled(other_clinic)
        StandardPageFactory(parent=other_clinic.home, title="Secret of South")
        files = read(retire_clinic(full.site, folder).path)
        whole = b"".join(files.values())
        assert b"Secret of South" not in whole
        assert b"south.localhost" not in whole
        assert b"South Clinic" not in whole


class TestRemoval:
    def test_it_goes_whole_with_a_list_and_others_stay(self, full, other_clinic, folder, owner):
        filled(other_clinic)
        done = retire_clinic(full.site, folder, by=owner)
        assert not Site.objects.filter(hostname="north.localhost").exists()
        assert not Page.objects.filter(path__startswith=full.home.path).exists()
        assert not Collection.objects.filter(pk=full.collection.pk).exists()
        assert list(ClinicSettings.objects.all()) == [other_clinic.settings]
        assert ContactMessage.objects.count() == Redirect.objects.count() == 1
        assert get_image_model().objects.count() == get_document_model().objects.count() == 1
        assert done.clinic.removed == [
            "3 pages removed",
            "1 message removed",
            "1 picture removed",
            "1 document removed",
            "4 groups removed",
        ]
        assert (done.clinic.retired_by, done.clinic.file) == (owner, done.path.name)
        noted = AuditEntry.objects.get(kind=AuditEntry.Kind.CLINIC)
        assert (noted.about, noted.person) == ("North Clinic (north.localhost) retired", owner)

    def test_what_changes_while_it_is_exported_keeps_it(self, full, folder, monkeypatch):
        contact = ContactMessage.objects.get().page
        write = retire.write_archive

        def write_and_receive(*args):
            write(*args)
            ContactMessage.objects.create(page=contact, name="Bo", email="bo@mail.example")

        monkeypatch.setattr(retire, "write_archive", write_and_receive)
        with pytest.raises(RetirementError, match="a message came in"):
            retire_clinic(full.site, folder)
        assert Site.objects.filter(hostname="north.localhost").exists()
        assert list(folder.iterdir()) == []
        assert not RetiredClinic.objects.exists()

    def test_a_second_clinic_of_the_same_name_gets_a_file_of_its_own(self, folder):
        NetworkPageFactory()
        paths = [retire_clinic(ClinicFactory(name="Twin").site, folder).path.name for _ in range(2)]
        assert len(set(paths)) == 2


class TestHosts:
    def test_a_retired_host_says_so_at_every_address(self, full, other_clinic, folder):
        retire_clinic(full.site, folder)
        gone = Client(HTTP_HOST="NORTH.localhost:8000")
        for path in ("/", "/treatments/", "/robots.txt", "/admin/"):
            response = gone.get(path)
            assert response.status_code == 410
            assert "North Clinic no longer has a website here" in response.text
        assert Client(HTTP_HOST="south.localhost").get("/").status_code == 200
        assert Client(HTTP_HOST="never.localhost").get("/").status_code == 404

    def test_other_processes_know_it_and_it_costs_no_query_more(
        self, full, folder, django_assert_num_queries
    ):
        retire_clinic(full.site, folder)
        never = Client(HTTP_HOST="never.localhost")
        never.get("/")
        # Whether the host is a clinic's, and whether it leads to one.
        with django_assert_num_queries(2):
            never.get("/")

    def test_a_site_on_the_host_answers_again(self, full, other_clinic, folder):
        retire_clinic(full.site, folder)
        site = other_clinic.site
        site.hostname = "north.localhost"
        site.save()
        assert Client(HTTP_HOST="north.localhost").get("/").status_code == 200


class TestScreens:
    def address(self, clinic):
        return f"/admin/clinicsite/retired/clinic/{clinic.site.pk}/"

    def test_an_administrator_types_the_name_and_gets_the_file(self, browser, full, other_clinic, folder):
        page = browser.get(self.address(full)).text
        assert "1 message" in page
        assert "north.localhost" in page
        refused = browser.post(self.address(full), {"name": "South Clinic"})
        assert "The clinic is called “North Clinic”. Nothing was removed." in refused.text
        assert Site.objects.filter(hostname="north.localhost").exists()
        answer = browser.post(self.address(full), {"name": "North Clinic"}, follow=True)
        assert "1 message removed" in answer.text
        record = RetiredClinic.objects.get()
        file = browser.get(f"/admin/clinicsite/retired/{record.pk}/file/")
        with zipfile.ZipFile(io.BytesIO(b"".join(file))) as archive:
            assert "messages.csv" in archive.namelist()
        assert "North Clinic" in browser.get("/admin/clinicsite/retired/").text
        (folder / record.file).unlink()
        assert "is not in the server’s folder" in browser.get(f"/admin/clinicsite/retired/{record.pk}/").text
        assert browser.get(f"/admin/clinicsite/retired/{record.pk}/file/").status_code == 404

    def test_a_clinic_of_another_network_is_not_there(self, browser, full, other_clinic, folder):
        other_clinic.home.move(NetworkPageFactory(title="Another network"), pos="last-child")
        answer = browser.post(self.address(other_clinic), {"name": "South Clinic"})
        assert answer.status_code == 404
        assert Site.objects.filter(hostname="south.localhost").exists()

    @pytest.mark.parametrize("who", ["owner", "library_editor"])
    def test_nobody_else_may(self, who, request, admin_client_of, full, folder):
        browser = admin_client_of(request.getfixturevalue(who))
        record = RetiredClinic.objects.create(name="Old", file="old.zip")
        (folder / "old.zip").write_bytes(b"secret")
        for address in (
            self.address(full),
            "/admin/clinicsite/retired/",
            f"/admin/clinicsite/retired/{record.pk}/file/",
        ):
            assert browser.get(address).status_code == 404
        assert browser.post(self.address(full), {"name": "North Clinic"}).status_code == 404

    def test_without_a_folder_the_screen_says_what_to_do(self, browser, full, settings):
        settings.CLINICSITE = {**settings.CLINICSITE, "ARCHIVE_FOLDER": ""}
        assert "manage.py retire_clinic" in browser.get(self.address(full)).text
        browser.post(self.address(full), {"name": "North Clinic"})
        assert Site.objects.filter(hostname="north.localhost").exists()


class TestCommand:
    def run(self, *args):
        said = StringIO()
        call_command("retire_clinic", *args, stdout=said)
        return said.getvalue().splitlines()

    def test_it_says_first_what_there_is_and_wants_the_name(self, full, tmp_path):
        first = self.run("north.localhost", "--to", str(tmp_path))
        assert (
            first[-1] == "Nothing was done. With --name “North Clinic” it is exported and removed, for good."
        )
        with pytest.raises(CommandError, match="and not “North”"):
            self.run("north.localhost", "--to", str(tmp_path), "--name", "North")
        last = self.run("north.localhost", "--to", str(tmp_path), "--name", "North Clinic")
        assert last[-1] == "“North Clinic” was retired. north.localhost says so from now on."
        assert RetiredHost.objects.get().host == "north.localhost"

    def test_a_folder_that_is_not_there_is_refused(self, full, tmp_path):
        with pytest.raises(CommandError, match="is no folder"):
            self.run("north.localhost", "--to", str(tmp_path / "none"), "--name", "North Clinic")
        assert Site.objects.filter(hostname="north.localhost").exists()


#: Retires a clinic, and is killed at a moment: while the file is written, or once so many rows have gone.
RETIRE_AND_DIE = """
import os, signal, zipfile
from pathlib import Path
from django.db.models.signals import post_delete, post_save
from clinicsite.clinics.tenancy import clinic_sites
from clinicsite.provisioning.retiring.retire import retire_clinic
moment = {moment!r}
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
gone = []
def count(sender, **kwargs):
    gone.append(sender.__name__)
    if moment == f"{{sender.__name__}} gone":
        die()
post_delete.connect(count, weak=False)
def kept(sender, **kwargs):
    if moment == f"{{sender.__name__}} kept":
        die()
post_save.connect(kept, weak=False)
write = zipfile.ZipFile.writestr
def writestr(archive, name, data):
    write(archive, name, data)
    if moment == name:
        die()
zipfile.ZipFile.writestr = writestr
retire_clinic(clinic_sites().get(hostname="north.localhost"), Path({folder!r}))
if moment == "committed":
    die()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "moment", ["messages.csv", "Site gone", "HomePage gone", "Collection gone", "RetiredHost kept"]
)
def test_a_process_that_is_killed_on_the_way_leaves_all(databases, tmp_path, moment):
    clinic = filled(ClinicFactory(hostname="north.localhost", name="North Clinic"))
    before = rows()
    run_and_die(databases, tmp_path, moment)
    assert rows() == before
    assert Client(HTTP_HOST="north.localhost").get("/").status_code == 200
    folder = tmp_path / "again"
    folder.mkdir()
    assert retire_clinic(Site.objects.get(pk=clinic.site.pk), folder).path.exists()


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_after_the_commit_leaves_nothing_but_the_file(databases, tmp_path):
    filled(ClinicFactory(hostname="north.localhost", name="North Clinic"))
    run_and_die(databases, tmp_path, "committed")
    assert not Site.objects.filter(hostname="north.localhost").exists()
    assert Client(HTTP_HOST="north.localhost").get("/").status_code == 410
    (file,) = tmp_path.glob("*.zip")
    assert "messages.csv" in read(file)


def rows():
    models = (Page, Site, ClinicSettings, Collection, ContactMessage, RetiredClinic, RetiredHost, Redirect)
    return [model.objects.count() for model in models]


def run_and_die(databases, folder, moment):
    if connection.vendor == "postgresql":
        connections.close_all()
    script = RETIRE_AND_DIE.format(moment=moment, folder=str(folder))
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", script]
    settings = environment(databases.store.url(), folder)
    assert subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode == -9
