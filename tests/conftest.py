import gc
import os
import shutil
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.clinics.visits import WORD, word_for
from clinicsite.settings import environment, services
from tests.built_demo import BuiltDemo
from tests.databases import Databases
from tests.factories import ClinicFactory, UserFactory, library_root
from tests.factories.indexing import Indexing
from tests.redis_server import COMMAND, RedisServer
from tests.standing import Pile, needs_the_database_to_itself, standing, wanted_by

#: Begun first, in this order, so that no process ends alone with what takes longest. The first builds the
#: demo; the next two do not ask for it, so that a second process does not wait for the first.
FIRST = (
    "demo/test_build_demo.py",
    "demo/test_first_build.py",
    "library/test_laws.py",
    "demo",
    "browser",
    "plugin/test_beside_a_project.py",
    "plugin/test_own_page_type.py",
    "plugin/test_stand_alone.py",
    "plugin/test_in_a_browser.py",
    "upgrade",
)


#: What a test asks for that works on the database.
#: A project that a test makes works on a database of the same kind.
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "kept_database",
    "django_db_setup",
    "databases",
    "kept_version",
    "project_database",
    "start_project",
}


# Hundreds of processes start during a run. Where Python was told to keep no bytecode, as containers like to,
# each of them would compile the product anew, and each process of tests all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

#: What stands in the database of this process between tests, once one has asked for a database.
PILE = pytest.StashKey[Pile]()
#: The modules that want the database to themselves.
ALONE = pytest.StashKey[set]()


def pytest_configure():
    """Collect garbage rarely: a test makes and drops very many objects, and leaves few circles behind."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def pytest_addoption(parser):
    parser.addoption(
        "--with-database",
        action="store_true",
        help="Leave out what works without a database: on another database it would be the same test again.",
    )


def pytest_collection_modifyitems(config, items):
    """Begin with what takes longest, and leave out what was not asked for."""
    if config.getoption("--with-database"):
        without = [item for item in items if not _works_on_the_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _works_on_the_database(item)]
    items.sort(key=_turn)
    config.stash[ALONE] = {item.path for item in items if needs_the_database_to_itself(item)}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Let nothing stand in the database of a module that wants it to itself."""
    if item.path in item.config.stash[ALONE] and PILE in item.config.stash:
        item.config.stash[PILE].clear()


def _works_on_the_database(item):
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def _turn(item):
    path = item.path.relative_to(Path(__file__).parent)
    return next((turn for turn, first in enumerate(FIRST) if path.is_relative_to(first)), len(FIRST))


@pytest.fixture(autouse=True)
def _fresh_caches(settings):
    """Profiles and addresses are cached by ids that tests reuse."""
    cache.clear()


@pytest.fixture(autouse=True, scope="module")
def _index_what_is_given(request):
    """Let the modules marked `indexed` find what factories made."""
    Indexing.is_wanted = request.node.get_closest_marker("indexed") is not None
    yield
    Indexing.is_wanted = False


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory) -> Path:
    """A folder that the processes of this run share, and no other run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def databases(pytestconfig, run_folder, testrun_uid, django_test_environment) -> Databases:
    """The kept databases, of which this process takes copies."""
    kept = pytestconfig.cache.mkdir("databases")
    return Databases(kept, run_folder, testrun_uid, os.environ.get("PYTEST_XDIST_WORKER", "gw0"))


@pytest.fixture(scope="session")
def built_demo(databases, run_folder) -> BuiltDemo:
    """The demo, built by the first process of this run that asks."""
    return BuiltDemo(databases, run_folder)


@pytest.fixture(scope="session")
def django_db_setup(databases, django_db_blocker):
    """Give this process a copy of the migrated database, in place of running every migration again."""
    with django_db_blocker.unblock():
        databases.use_migrated()
    yield
    with django_db_blocker.unblock():
        databases.store.drop()


@pytest.fixture(autouse=True, scope="module")
def _database_put_back(request):
    """Give the next module what migrations had made, which a test with real transactions empties."""
    yield
    own = [item for item in request.session.items if item.path == request.path]
    if any(map(_empties_the_database, own)):
        _put_back(request)


@pytest.fixture(autouse=True)
def _database_filled(request):
    """Begin a test with real transactions with what migrations had made."""
    if _empties_the_database(request.node):
        _put_back(request)


def _empties_the_database(node):
    marker = node.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


def _put_back(request):
    databases = request.getfixturevalue("databases")
    with request.getfixturevalue("django_db_blocker").unblock():
        databases.use_migrated()


@pytest.fixture(scope="module")
def kept_database(django_db_setup, django_db_blocker):
    """A database for what all tests of a module read: made once, undone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def _pile(pytestconfig, django_db_setup, django_db_blocker):
    """What stands in the database, undone at the end of the run."""
    pile = pytestconfig.stash[PILE] = Pile(django_db_blocker.unblock)
    yield pile
    pile.clear()


@pytest.fixture(autouse=True)
def _standing(request):
    """Copies of what stands in the database and a test asks for, by name; None where it asks for none."""
    is_marked = request.node.get_closest_marker("django_db") is not None
    has_database = is_marked or "_django_db_helper" in request.fixturenames
    if not has_database or request.path in request.config.stash[ALONE]:
        return None
    return request.getfixturevalue("_pile").bring(wanted_by(request.node))


@pytest.fixture
def _nothing_unasked(pytestconfig, _standing):
    """Let nothing stand where a test asks for a database while it runs, by the name of another fixture."""
    if _standing is None and PILE in pytestconfig.stash:
        pytestconfig.stash[PILE].clear()


@pytest.fixture
def _django_db_helper(_nothing_unasked, _django_db_helper):
    """Begin the transaction of a test after those that what stands lies in."""


@pytest.fixture
def redis(db, tmp_path, settings):
    """A Redis of this test's own, to lose, and the caches that production has with one."""
    if shutil.which(COMMAND) is None:
        pytest.skip("There is no redis-server to lose.")
    server = RedisServer(tmp_path)
    server.start()
    settings.CACHES = services.caches(environment.read({"REDIS_URL": server.url}))
    yield server
    server.stop()


@standing
def clinic():
    """A live clinic with a site, a home page, settings, a collection and roles."""
    return ClinicFactory(hostname="north.localhost", name="North Clinic")


@standing(is_topmost=True)
def other_clinic():
    """Another clinic, which must never show in the first."""
    return ClinicFactory(hostname="south.localhost", name="South Clinic")


@standing
def library():
    """The root of the library."""
    return library_root()


@standing(is_topmost=True)
def owner(clinic):
    """The owner of `clinic`."""
    return UserFactory(username="owner", groups=[clinic.groups.owner])


@standing(is_topmost=True)
def editor(clinic):
    """An editor of `clinic`."""
    return UserFactory(username="editor", groups=[clinic.groups.editor])


@standing(is_topmost=True)
def other_owner(other_clinic):
    """The owner of `other_clinic`."""
    return UserFactory(username="other-owner", groups=[other_clinic.groups.owner])


@standing(is_topmost=True)
def library_editor(library, clinic):
    """Somebody who edits the library."""
    groups = ensure_agency_groups(library, [], clinic.collection)
    return UserFactory(username="library-editor", groups=[groups["Library editors"]])


@pytest.fixture
def visit(clinic):
    """A patient's browser on the clinic's host: `visit("/treatments/")`."""
    return Client(HTTP_HOST=clinic.host).get


@pytest.fixture
def look_in(clinic):
    """A browser that a site lets in before it is live: `look_in("/treatments/")`."""
    browser = Client(HTTP_HOST=clinic.host)
    browser.cookies[WORD] = word_for(clinic.site)
    return browser.get


@pytest.fixture
def admin_client_of():
    """A signed-in browser on the agency's host: `admin_client_of(owner).get("/admin/")`."""

    def sign_in(user):
        browser = Client(HTTP_HOST="localhost")
        browser.force_login(user)
        return browser

    return sign_in
