"""The whole way: a library publish queues one task in the database, and `manage.py db_worker` does it.

Every test here commits. They have a file of their own, because the database is emptied after each, and files
of such tests run last.
"""

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from benchmarks.many import SECTIONS, add_clinics, make_library, stored_section
from clinicsite.library import tasks
from clinicsite.modalities.models import ModalityPage
from tests.library.pages import edit_library

pytestmark = pytest.mark.django_db(transaction=True)
INDEX_FOLLOWERS = "clinicsite.library.tasks.index_followers"


@pytest.fixture(autouse=True)
def _queue(settings):
    """Tasks wait in the database for a worker, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_worker_brings_every_follower_up_to_date_after_a_library_publish(monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 10)
    many = make_library(2, sections=1)
    add_clinics(many, 25, 2, everyday=False)
    treatment = many.pages[1]
    followers = set(ModalityPage.objects.filter(library_page=treatment).values_list("pk", flat=True))
    assert len(followers) == 25
    edit_library(treatment, stored_section(SECTIONS, "A hair of steel, says {clinic}."))
    assert DBTaskResult.objects.filter(task_path=INDEX_FOLLOWERS).count() == 1
    assert not followers & {page.pk for page in ModalityPage.objects.search("steel")}
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)
    assert followers <= {page.pk for page in ModalityPage.objects.search("steel")}
    assert not followers & {page.pk for page in ModalityPage.objects.search("muscle")}
    results = DBTaskResult.objects.filter(task_path=INDEX_FOLLOWERS)
    assert [result.status for result in results] == ["SUCCESSFUL"] * 3
