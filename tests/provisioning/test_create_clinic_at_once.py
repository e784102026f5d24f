"""Clinics that are made at the same moment, and processes that are killed while they make one."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from wagtail.models import Collection, Page, Site

from clinicsite.clinics.models import ClinicRole, ClinicSettings
from clinicsite.clinics.visits import WORD, word_for
from clinicsite.provisioning import SpecError, create_clinic
from clinicsite.settings import services
from clinicsite.users.models import User
from tests.commands import ROOT, environment
from tests.provisioning.specs import a_library, a_spec, mapping

pytestmark = pytest.mark.django_db(transaction=True)

#: Makes a clinic of a spec, and is killed when the row of this number, of all that are saved, has been.
MAKE_AND_DIE = """
import json, os, signal
from django.db.models.signals import post_save
from clinicsite.provisioning import create_clinic
from clinicsite.provisioning.spec import read
from clinicsite.signals import clinic_created
saved = []
def die(**kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
def count(sender, **kwargs):
    saved.append(sender.__name__)
    if sender.__name__ == {model!r} and saved.count({model!r}) == {number}:
        die()
post_save.connect(count, weak=False)
if {model!r} == "committed":
    clinic_created.connect(die, weak=False)
create_clinic(read(json.loads(os.environ["SPEC"])), invite=False)
"""


@pytest.fixture(autouse=True)
def _tasks_after_the_transaction(settings):
    """As outside tests."""
    settings.TASKS = services.tasks({"TASKS_BACKEND": "immediate"})


def at_once(*steps):
    """Take the steps at the same moment, each in a thread with a connection of its own."""
    start = Barrier(len(steps))

    def take(step):
        try:
            start.wait(timeout=20)
            return step()
        except SpecError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as pool:
        return [future.result(timeout=90) for future in [pool.submit(take, step) for step in steps]]


def rows():
    """What a clinic adds to, counted."""
    models = (Page, Site, ClinicSettings, Collection, ClinicRole, User)
    return [model.objects.count() for model in models]


def test_two_calls_at_once_make_one_clinic():
    a_library()
    first, second = at_once(lambda: create_clinic(a_spec()), lambda: create_clinic(a_spec()))
    assert sorted([first.is_new, second.is_new]) == [False, True]
    assert first.site == second.site
    late = first if second.is_new else second
    assert late.made == ()
    assert ClinicSettings.objects.count() == 1
    assert ClinicRole.objects.count() == len(ClinicRole.Role)
    assert first.site.root_page.get_descendants().count() == 14
    assert User.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_two_clinics_at_once_on_one_host_are_one_and_a_refusal():
    a_library()
    outcomes = at_once(
        lambda: create_clinic(a_spec(slug="one", name="One")),
        lambda: create_clinic(a_spec(slug="two", name="Two")),
    )
    (refused,) = [one for one in outcomes if isinstance(one, SpecError)]
    (made,) = [one for one in outcomes if one is not refused]
    name = made.site.site_name
    assert str(refused) == f"host: lakeside.localhost is the host of “{name}” already."
    assert Site.objects.filter(hostname="lakeside.localhost").count() == 1


def test_different_clinics_at_once_are_all_made_whole():
    a_library()
    specs = [
        a_spec(slug=f"c-{n}", host=f"c-{n}.localhost", owner={"email": f"o{n}@c.example"}) for n in range(3)
    ]
    made = at_once(*[lambda spec=spec: create_clinic(spec) for spec in specs])
    assert [one.is_new for one in made] == [True, True, True]
    assert [one.site.root_page.get_descendants().count() for one in made] == [14, 14, 14]
    assert Page.find_problems() == ([], [], [], [], [])
    assert Collection.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("model", "number"),
    [("HomePage", 1), ("Site", 1), ("ModalityPage", 1), ("LocationPhone", 2), ("User", 1)],
)
def test_a_process_that_is_killed_on_the_way_leaves_nothing(databases, tmp_path, model, number):
    a_library()
    before = rows()
    run_and_die(databases, tmp_path, model, number)
    assert rows() == before
    assert create_clinic(a_spec()).is_new


def test_a_process_that_is_killed_after_the_commit_leaves_a_whole_clinic(databases, tmp_path):
    a_library()
    run_and_die(databases, tmp_path, "committed", 0)
    assert create_clinic(a_spec()).made == ()
    browser = Client(HTTP_HOST="lakeside.localhost:8000")
    browser.cookies[WORD] = word_for(Site.objects.get(hostname="lakeside.localhost"))
    assert browser.get("/treatments/dry-needling/").status_code == 200


def test_a_clinic_of_another_process_answers_at_the_first_request(databases, tmp_path):
    """This process has looked at the host before, and shares no cache with the other."""
    a_library()
    client = Client(HTTP_HOST="lakeside.localhost:8000")
    assert client.get("/").status_code == 404
    script = MAKE_AND_DIE.format(model="nothing", number=0)
    assert run(databases, tmp_path, script, state="live", opens_anyway=True) == 0
    home = client.get("/")
    assert home.status_code == 200
    assert 'href="/treatments/"' in home.content.decode()
    assert client.get("/treatments/dry-needling/").status_code == 200


def run_and_die(databases, folder, model, number):
    assert run(databases, folder, MAKE_AND_DIE.format(model=model, number=number)) == -9


def run(databases, folder: Path, script, **changes):
    if connection.vendor == "postgresql":
        connections.close_all()
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", script]
    settings = environment(databases.store.url(), folder) | {"SPEC": json.dumps(mapping(**changes))}
    return subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode
