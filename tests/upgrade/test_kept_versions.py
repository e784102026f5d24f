"""A database of each version that was ever released is migrated to this one, and says what it said.

The answers below are written by hand from `tests/upgrade/fill.py`; a dump is never made again. A new version
adds its own, as `tests/upgrade/dump.py` says.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.upgrade.dump import DATA

POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
KIND = "postgresql" if POSTGRESQL else "sqlite"
VERSIONS = sorted(path.name.removesuffix(f"-{KIND}.gz") for path in DATA.glob(f"*-{KIND}.gz"))
#: Tables of a version whose rows went elsewhere since; the test of the migration that moved them says where.
MOVED: dict[str, set[str]] = {"0.1.0": set()}
#: Tables that grow, and to how many times their rows: each clinic has four roles in place of two.
GROWN: dict[str, dict[str, int]] = {"0.1.0": {"clinicsite_clinics_clinicrole": 2}}
#: Takes a database of an older version to this one, looks at it, and prints what was seen.
LOOK = """
import json
import django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from tests.upgrade.dump import our_tables, rows_in

before = {table: rows_in(table) for table in our_tables()}
call_command("migrate", verbosity=0)
call_command("setup_agency")
call_command("rebuild_references_index", verbosity=0)
call_command("update_index", verbosity=0)
call_command("check", fail_level="ERROR")
setup_test_environment()
after = {table: rows_in(table) for table in our_tables()}


def visit(host, path):
    answer = Client(HTTP_HOST=host).get(path)
    return [answer.status_code, answer.get("Location", ""), answer.content.decode()]


owner = Client(HTTP_HOST="localhost")
owner.force_login(get_user_model().objects.get(username="north-owner"))
from clinicsite.clinics.models import ClinicRole
from wagtail.models import Page, Site
home = Site.objects.get(hostname="north.localhost").root_page
pages = Page.objects.descendant_of(home, inclusive=True).order_by("path")
edited = {page.slug: owner.get(f"/admin/pages/{page.pk}/edit/").status_code for page in pages}
drafts = owner.get(f"/admin/pages/{pages.get(slug='a-sore-neck').pk}/edit/").content.decode()
paths = {page.slug: page.get_url_parts()[2] for page in pages if page.live}
print("SEEN" + json.dumps({
    "before": before, "after": after, "edited": edited, "draft": "A sore neck in spring" in drafts,
    "pages": {slug: visit("north.localhost", path) for slug, path in paths.items()},
    "south": visit("south.localhost", "/treatments/cupping/"),
    "redirected": visit("north.localhost", "/needles/"), "gone": visit("north.localhost", "/old-offer/"),
    "found": visit("north.localhost", "/search/?q=needles"),
}))
"""


@pytest.fixture(scope="module", params=VERSIONS)
def kept_version(request):
    """The number of a released version."""
    return request.param


@pytest.fixture(scope="module")
def seen(kept_version, tmp_path_factory):
    """What is seen after that version's database was migrated."""
    folder = tmp_path_factory.mktemp("upgrade")
    kept = gzip.decompress((DATA / f"{kept_version}-{KIND}.gz").read_bytes())
    url, forget = (_loaded_on_postgresql if POSTGRESQL else _loaded_on_sqlite)(kept, folder)
    environ = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "clinicsite.settings.test"}
    command = [sys.executable, "-c", LOOK]
    root = Path(__file__).resolve().parents[2]
    finished = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    forget()
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr[-6000:]
    return json.loads(finished.stdout.partition("SEEN")[2])


def _loaded_on_sqlite(kept, folder):
    path = folder / "kept.sqlite3"
    path.write_bytes(kept)
    return f"sqlite:///{path}", path.unlink


def _loaded_on_postgresql(kept, folder):
    import psycopg

    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    name = f"kept_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    with psycopg.connect(f"{server}/{name}", autocommit=True) as connection:
        connection.execute(kept.decode())

    def forget():
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    return f"{server}/{name}", forget


def test_this_kind_of_database_has_a_version():
    assert "0.1.0" in VERSIONS


def test_no_row_is_lost(kept_version, seen):
    lost = {
        table: (rows, seen["after"].get(table))
        for table, rows in seen["before"].items()
        if table not in MOVED[kept_version]
        and seen["after"].get(table) != rows * GROWN[kept_version].get(table, 1)
    }
    assert lost == {}
    assert len(seen["before"]) > 50
    assert seen["before"]["clinicsite_library_sectionoverride"] == 2


def test_patients_read_what_they_read(seen):
    pages = seen["pages"]
    assert {slug: page[0] for slug, page in pages.items()} == dict.fromkeys(pages, 200)
    assert len(pages) == 15
    needling = pages["dry-needling"][2]
    assert "Dry needling in short." in needling
    assert "How we needle" in needling
    assert "North needles on Tuesdays." in needling
    assert "The library says A of dry-needling." not in needling
    assert "The library says B of dry-needling." not in needling
    assert "The library says C of dry-needling." in needling
    assert "Behind the house." in needling
    assert "The library says B of shockwave." in pages["shockwave"][2]
    assert "Cupping in short." in pages["cupping"][2]
    assert "Cupping, told anew." in seen["south"][2]
    place = pages["main-street"][2]
    assert 'href="tel:+14165550123"' in place
    assert "(416) 555-0123" in place
    assert "12 Main Street" in place
    assert "Twenty years of practice." in pages["ana-lowe"][2]
    assert "A sore neck in winter" in pages["a-sore-neck"][2]
    assert "Closed for a burst pipe" in pages["about"][2]


def test_old_addresses_answer_as_before(seen):
    assert seen["redirected"][:2] == [301, "/"]
    assert seen["gone"][0] == 410
    assert "1 result for “needles”" in seen["found"][2]


def test_an_owner_opens_every_page_and_the_draft(seen):
    assert seen["edited"] == dict.fromkeys(seen["edited"], 200)
    assert len(seen["edited"]) == 16
    assert seen["draft"]
