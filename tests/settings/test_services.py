import pytest
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler
from django.utils.module_loading import import_string

from clinicsite.core.caching import RedisOrMemoryCache
from clinicsite.settings import environment, services


def values(**environ):
    return environment.read(environ)


@pytest.fixture
def sqlite(tmp_path, django_db_blocker):
    """A new connection to one SQLite file with the project's settings, each time it is called."""
    opened = []

    def connect(timeout=None):
        config = services.database(values(DATABASE_URL="sqlite:///clinics.sqlite3"), tmp_path)
        if timeout is not None:
            config["OPTIONS"]["timeout"] = timeout
        opened.append(ConnectionHandler({"default": config})["default"])
        return opened[-1]

    with django_db_blocker.unblock():
        yield connect
        for each in opened:
            each.close()


def pragma(database, name):
    with database.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_sqlite_lets_readers_read_while_somebody_writes(sqlite, tmp_path):
    database = sqlite()
    assert pragma(database, "journal_mode") == "wal"
    assert pragma(database, "synchronous") == 1
    assert pragma(database, "busy_timeout") == 20_000
    assert (tmp_path / "clinics.sqlite3").exists()


def test_sqlite_transaction_takes_its_turn_to_write_from_the_start(sqlite):
    first, second = sqlite(), sqlite(timeout=0)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError, match="locked"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.rollback()


@pytest.mark.django_db
def test_tests_on_sqlite_run_with_the_same_journal():
    if connection.vendor == "sqlite":
        assert pragma(connection, "journal_mode") == "wal"
    else:
        assert connection.settings_dict["CONN_MAX_AGE"] == 0


def test_relative_sqlite_path_is_beside_the_project_not_wherever_one_stands(tmp_path):
    config = services.database(values(), tmp_path)
    assert config["NAME"] == str(tmp_path / "db.sqlite3")


def test_postgresql_is_chosen_by_the_environment_alone(tmp_path):
    config = services.database(values(DATABASE_URL="postgres://me:s%40me@db.example:5433/clinics"), tmp_path)
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"], config["PORT"]) == ("me", "s@me", 5433)
    assert config["CONN_HEALTH_CHECKS"] is True


def test_cache_is_shared_once_redis_is_named():
    assert "LocMemCache" in services.caches(values())["default"]["BACKEND"]
    shared = services.caches(values(REDIS_URL="redis://cache.example:6379/1"))
    assert import_string(shared["default"]["BACKEND"]) is RedisOrMemoryCache
    assert shared["default"]["KEY_PREFIX"] != shared["renditions"]["KEY_PREFIX"]


def test_uploaded_files_go_to_the_bucket_once_it_is_named():
    assert "FileSystemStorage" in services.media_storage(values())["BACKEND"]
    environ = {"S3_BUCKET": "media", "S3_PUBLIC_HOST": "media.clinics.example"}
    storage = services.media_storage(values(**environ))
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["OPTIONS"]["bucket_name"] == "media"
    assert "secret_key" not in storage["OPTIONS"]
    assert services.extra_sources(values(**environ)) == {"img-src": ["https://media.clinics.example"]}


def test_pages_load_nothing_from_elsewhere_without_a_bucket():
    assert services.extra_sources(values()) == {}


@pytest.mark.parametrize(("backend", "expected"), [("immediate", "AfterCommit"), ("database", "Database")])
def test_background_work_runs_where_the_environment_says(backend, expected):
    path = services.tasks(values(TASKS_BACKEND=backend))["default"]["BACKEND"]
    assert import_string(path).__name__ == f"{expected}Backend"
