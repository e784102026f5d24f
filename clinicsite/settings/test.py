"""Settings for the tests: SQLite and a cache in memory, or the services that the environment names."""

import os
import tempfile
from pathlib import Path

from clinicsite.settings.base import *  # noqa: F403
from clinicsite.settings.base import CACHES, CLINICSITE, DATABASES, ENVIRONMENT, INSTALLED_APPS

# Kept for as long as the process runs, and removed with it: each test process has its own files.
_folder = tempfile.TemporaryDirectory(prefix="clinicsite-test-", ignore_cleanup_errors=True)

MEDIA_ROOT = Path(_folder.name) / "media"
STATIC_ROOT = Path(_folder.name) / "static"
STATIC_ROOT.mkdir()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory, because the live server's threads need WAL to read while a test writes.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder.name) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # A thread of the live server must leave no connection open, or the test database cannot be dropped.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

if ENVIRONMENT["REDIS_URL"]:
    # One Redis database for each test process, so that one clearing its cache leaves the others theirs.
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for _cache in CACHES.values():
        # More patience than pages have: a test must not go on without the cache because the machine is busy.
        _cache["OPTIONS"] = {"db": _worker, "socket_connect_timeout": 10, "socket_timeout": 10}

# A project's own apps stand before the product's, and so does the one that stands for them all here.
INSTALLED_APPS = ["tests.courses", "clinicsite.demo", "clinicsite.styleguide", *INSTALLED_APPS]
ALLOWED_HOSTS = ["*"]
# A transaction round a test is never committed, so nothing would say that a kept page is out of date.
CLINICSITE = CLINICSITE | {
    "ARCHIVE_FOLDER": str(Path(_folder.name) / "archives"),
    "PAGE_CACHE": False,
    "SECOND_FACTOR": "nobody",
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAILADMIN_BASE_URL = "http://localhost"
# The transaction round a test is never committed: what would wait for its end is done at once.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
