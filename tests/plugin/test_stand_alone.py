"""A project made by `clinicsite start`, or by `wagtail start` from the same template, works at once.

One project, made from the wheel, serves all of these: migrating it takes half of the time that they cost.
"""

import shutil
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.plugin.stand_alone import AT_HAND, Agency, pip_install, run, token_of

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
NEXT_VERSION = "987.0.0"
#: What a wheel is built of.
FOLDERS = ("clinicsite", "home", "locations", "modalities", "static", "templates")
FILES = ("pyproject.toml", "README.md", "LICENSE", ".gitignore")
PRODUCTION = {"DJANGO_SETTINGS_MODULE": "agency.settings.production", **AT_HAND}
#: A clinic as an agency makes one by hand, and somebody who may sign in.
CLINIC = """
from django.contrib.auth import get_user_model
from wagtail.models import Collection, Site
from clinicsite.clinics.models import ClinicSettings, NetworkPage, SiteState
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.home.models import HomePage

home = HomePage(title="Northgate Physio", slug="northgate", hero_heading="Move easier", promise="We listen.")
NetworkPage.objects.get().add_child(instance=home)
site = Site.objects.create(hostname="northgate.localhost", port=8000, root_page=home, site_name=home.title)
ClinicSettings.objects.create(site=site, name=home.title, email="us@northgate.example", state=SiteState.LIVE)
ensure_clinic_groups(site, Collection.get_first_root_node().add_child(name=home.title))
get_user_model().objects.create_superuser("agency", "agency@clinics.example", "a long password")
"""
OWN_TEMPLATE = (
    '{% extends "clinicsite/home/home_page.html" %}'
    "{% block main %}From our own template{{ block.super }}{% endblock %}"
)
#: Models of people, pictures and documents as the end of the project's settings says.
OWN_MODELS = {
    "people": """
from clinicsite.core.models.users import AbstractClinicUser

class User(AbstractClinicUser):
    class Meta(AbstractClinicUser.Meta):
        abstract = False
""",
    "pictures": """
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractRendition
from clinicsite.core.models.media import AbstractClinicImage

class Picture(AbstractClinicImage):
    class Meta(AbstractClinicImage.Meta):
        abstract = False

class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]

class File(AbstractDocument):
    admin_form_fields = ("title", "file")
""",
}
#: What the end of the project's settings proposes.
OWN_SETTINGS = """
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in ("clinicsite.users", "clinicsite.media")]
INSTALLED_APPS = ["people", "pictures", *INSTALLED_APPS]
AUTH_USER_MODEL = "people.User"
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "pictures.File"
"""
CHECK_OWN_MODELS = """
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("makemigrations", "people", "pictures", verbosity=0)
call_command("check", fail_level="INFO")
call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
planned = {app for app, _ in MigrationExecutor(connection).loader.graph.leaf_nodes()}
print({"people", "pictures"} <= planned, planned & {"clinicsite_users", "clinicsite_media"})
"""
#: What a project's own pipeline asks, and then a visitor and an administrator; prints what they get.
VISITS = """
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

call_command("check", fail_level="INFO")
call_command("makemigrations", check_changes=True, dry_run=True)
setup_test_environment()
agency, clinic = Client(HTTP_HOST="localhost:8000"), Client(HTTP_HOST="northgate.localhost:8000")
print("Northgate Physio" in agency.get("/").text, "Move easier" in clinic.get("/").text)
print("From our own template" in clinic.get("/").text)
sheet = clinic.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
print("rebeccapurple" in clinic.get(sheet).text, ".card" in clinic.get(sheet).text)
print(agency.get("/admin/").status_code, clinic.get("/nothing/").status_code)
print(Client(HTTP_HOST="127.0.0.1").get("/").status_code)
agency.post("/admin/login/", {"username": "agency", "password": "a long password"})
print(agency.get("/admin/").status_code, agency.get("/admin/sites/").status_code)
print(settings.DATABASES["default"]["NAME"], settings.MEDIA_ROOT, settings.STATIC_ROOT)
"""
#: An upgrade as the project's README tells it, in one process.
UPGRADE = """
from django.core.management import call_command

call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
call_command("check", deploy=True, fail_level="WARNING")
call_command("setup_agency")
"""
VISITED = ["True True", "True", "True True", "302 404", "404", "200 200"]


def files_in(folder):
    """The text of each file by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def wheel(installed):
    (path,) = installed.parent.glob("clinicsite-*.whl")
    return path


@pytest.fixture(scope="module")
def packages(wheel, tmp_path_factory):
    """Where pip has installed the wheel, with its command."""
    folder = tmp_path_factory.mktemp("agency-packages")
    pip_install(folder, wheel, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def clinicsite(packages):
    """Run the command `clinicsite` as pip installs it."""

    def command(*arguments, cwd, status=0):
        return run(packages / "bin/clinicsite", *arguments, cwd=cwd, status=status, PYTHONPATH=str(packages))

    return command


@pytest.fixture(scope="module")
def made(clinicsite, tmp_path_factory):
    """The folder of a project as it is made, which no test changes."""
    folder = tmp_path_factory.mktemp("made")
    said = clinicsite("start", "agency", cwd=folder)
    assert f"Made the project agency in {folder / 'agency'}" in said
    return folder / "agency"


@pytest.fixture(scope="module")
def agency(made, packages, project_database, tmp_path_factory):
    """The project with its tables, what an agency begins with, a clinic, and two files of its own."""
    folder = tmp_path_factory.mktemp("work") / "project"
    shutil.copytree(made, folder)
    (folder / "templates/clinicsite/home").mkdir()
    (folder / "templates/clinicsite/home/home_page.html").write_text(OWN_TEMPLATE)
    (folder / "static/clinicsite/css/components").mkdir(parents=True)
    (folder / "static/clinicsite/css/components/button.css").write_text(".button { color: rebeccapurple; }")
    project = Agency(folder, packages, project_database)
    project.manage("migrate", "--verbosity", "0")
    assert "Made the page “Clinics”" in project.manage("setup_agency", "--remove-welcome")
    project.ask(CLINIC)
    return project


def test_it_is_small_and_pins_this_version(made):
    assert len(files_in(made)) == 15
    assert f"clinicsite=={VERSION}" in (made / "requirements.txt").read_text().splitlines()
    assert not [name for name, text in files_in(made).items() if "project_name" in name + text]


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_wagtail_start_makes_the_same(clinicsite, made, packages, tmp_path, kind):
    template = clinicsite("template", cwd=tmp_path).strip()
    if kind == "zip":
        template = shutil.make_archive(str(tmp_path / "template"), "zip", template)
    wagtail = (sys.executable, "-m", "wagtail.bin.wagtail", "start", f"--template={template}", "agency")
    run(*wagtail, cwd=tmp_path, PYTHONPATH=str(packages))
    assert files_in(tmp_path / "agency") == files_in(made)


def test_what_is_there_is_never_written_over(clinicsite, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here/README.md").write_text("Ours.")
    said = clinicsite("start", "agency", "here", cwd=tmp_path, status=1)
    assert said == "here has README.md already. Nothing was made.\n"
    assert files_in(tmp_path) == {"here/README.md": "Ours."}


@pytest.mark.parametrize("name", ["our-agency", "wagtail", "clinicsite"])
def test_a_name_that_python_cannot_use_is_refused_and_leaves_nothing(clinicsite, tmp_path, name):
    assert "project name" in clinicsite("start", name, "here", cwd=tmp_path, status=1)
    assert files_in(tmp_path) == {}
    assert not (tmp_path / "here").exists()


def test_it_serves_the_agency_and_a_clinic_from_its_own_folder_while_developing(agency, tmp_path):
    *visited, kept = agency.ask(VISITS, cwd=tmp_path).splitlines()[-len(VISITED) - 1 :]
    assert visited == VISITED
    folders = [str(agency.folder / name) for name in ("media", "staticfiles")]
    database = agency.database_url.rpartition("/")[2] or str(agency.folder / "db.sqlite3")
    assert kept.split() == [database, *folders]
    assert (agency.folder / "db.sqlite3").is_file() is not bool(agency.database_url)


def test_it_can_have_models_of_its_own_from_the_beginning(made, packages, tmp_path):
    project = Agency(tmp_path / "project", packages)
    shutil.copytree(made, project.folder)
    for name, text in OWN_MODELS.items():
        (project.folder / name).mkdir()
        (project.folder / name / "__init__.py").touch()
        (project.folder / name / "models.py").write_text(text)
    with (project.folder / "agency/settings/base.py").open("a") as base:
        base.write(OWN_SETTINGS)
    assert project.ask(CHECK_OWN_MODELS).splitlines()[-1] == "True set()"


@pytest.fixture
def with_example(agency):
    """The project with the file `.env` as the example has it."""
    shutil.copy(agency.folder / ".env.example", agency.folder / ".env")
    yield agency
    (agency.folder / ".env").unlink()


def test_production_takes_its_variables_from_the_example(with_example):
    secret = {"SECRET_KEY": AT_HAND["SECRET_KEY"]}
    production = {"DJANGO_SETTINGS_MODULE": "agency.settings.production"}
    said = with_example.manage("check", "--deploy", "--fail-level", "WARNING", **production, **secret)
    assert "no issues" in said
    said = with_example.manage("check", status=1, **production)
    assert said.count("\n") == 1
    assert said.startswith("SECRET_KEY is not set, and production needs it.")


def test_production_serves_it_with_its_collected_files(with_example):
    said = with_example.manage("collectstatic", "--noinput", **PRODUCTION)
    assert "static files copied" in said
    with with_example.served(**AT_HAND) as visitor:
        assert_serves(visitor)


def assert_serves(visitor):
    """The agency's list, the clinic with the project's template, its files, and the admin's sign-in."""
    admin, clinic = "admin.clinics.example", "northgate.localhost"
    status, page = visitor.get(clinic, "/")
    assert (status, "Move easier" in page, "From our own template" in page) == (200, True, True)
    script = page.split('<script type="module" src="')[1].split('"')[0]
    assert visitor.get(clinic, script)[0] == 200
    listed = visitor.get(admin, "/")[1]
    assert "Northgate Physio" in listed
    assert "Example Agency" in listed
    login = visitor.get(admin, "/admin/login/")[1]
    form = {"username": "agency", "password": "a long password", "csrfmiddlewaretoken": token_of(login)}
    assert visitor.post(admin, "/admin/login/", urlencode(form))[0] == 302
    # Who works for the agency adds a second step first.
    assert visitor.get(admin, "/admin/")[0] == 302
    status, page = visitor.get(admin, "/admin/sign-in/second-step/")
    assert (status, "it needs a second step before you go on" in page) == (200, True)


@pytest.fixture(scope="module")
def next_wheel(tmp_path_factory):
    """The wheel of the next version: the same code under another number."""
    copy = tmp_path_factory.mktemp("next") / "source"
    copy.mkdir()
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name, symlinks=True)
    for name in FILES:
        shutil.copy(ROOT / name, copy)
    numbered = (copy / "pyproject.toml").read_text().replace(f'"{VERSION}"', f'"{NEXT_VERSION}"')
    (copy / "pyproject.toml").write_text(numbered)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", copy, cwd=copy)
    (path,) = (copy / "dist").glob("clinicsite-*.whl")
    return path


def test_it_is_upgraded_by_its_version_number(with_example, next_wheel, tmp_path):
    folder = with_example.folder
    shutil.copy(next_wheel, folder / "wheels")
    text = (folder / "requirements.txt").read_text()
    (folder / "requirements.txt").write_text(text.replace(f"=={VERSION}", f"=={NEXT_VERSION}"))
    pip_install(tmp_path, "--requirement", folder / "requirements.txt", cwd=folder)
    upgraded = Agency(folder, tmp_path, with_example.database_url)
    assert (tmp_path / f"clinicsite-{NEXT_VERSION}.dist-info").is_dir()
    said = upgraded.ask(UPGRADE, **PRODUCTION)
    assert said.splitlines()[-1] == "Everything is there already."
    with upgraded.served(**AT_HAND) as visitor:
        assert_serves(visitor)
