"""Starts the page cache of a process: where it lies, for which release, and who asks for changes."""

import hashlib
import logging
import os
import stat
import tempfile
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import ENVIRONMENT_VARIABLE, settings

from clinicsite.core.conf import conf
from clinicsite.core.page_cache import changes
from clinicsite.core.page_cache.listening import Listener
from clinicsite.core.page_cache.serving import PageCache
from clinicsite.core.page_cache.slots import Slots

logger = logging.getLogger(__name__)
#: Settings that stand in pages, and may come from the environment.
_MAKING_PAGES = (
    "CLINICSITE",
    "LANGUAGE_CODE",
    "MEDIA_URL",
    "STATIC_URL",
    "STORAGES",
    "TIME_ZONE",
    "WAGTAILADMIN_BASE_URL",
)
#: What of a project's own folders makes its pages.
_MAKES_PAGES = (".py", ".html", ".json", ".css", ".svg")


def is_on() -> bool:
    """Whether pages are kept: not while somebody works on the templates."""
    return conf.PAGE_CACHE and not settings.DEBUG


def begin_watching() -> None:
    """Notice what this process writes; every process of an install does, whether it serves pages or not."""
    changes.begin(slots_or_none()) if is_on() else changes.end()


def serve(application):
    """The WSGI application with what is kept before it; the application itself where nothing is kept."""
    slots = slots_or_none() if is_on() else None
    if slots is None:
        return application
    cache = PageCache(application, folder(), release(), slots)
    listener = Listener(slots)

    def answer(environ, start_response):
        listener.begin()
        return cache(environ, start_response)

    return answer


def folder() -> Path:
    """Where the processes of this machine share what is kept."""
    if conf.PAGE_CACHE_FOLDER:
        return Path(conf.PAGE_CACHE_FOLDER)
    database = settings.DATABASES["default"]
    whose = f"{settings.SECRET_KEY} {database.get('HOST')} {database.get('PORT')} {database.get('NAME')}"
    name = hashlib.sha256(whose.encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"clinicsite-pages-{os.getuid()}-{name}"


def release() -> str:
    """A word that is new whenever the project's files, settings or packages are."""
    found = hashlib.sha256(repr(sorted(_packages())).encode())
    found.update(repr([(name, getattr(settings, name, None)) for name in _MAKING_PAGES]).encode())
    for path in sorted(_own_folders()):
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.suffix in _MAKES_PAGES and one.is_file():
                found.update(f"{one} {one.stat().st_mtime_ns}".encode())
    return found.hexdigest()[:16]


def _packages():
    return {f"{one.metadata['Name']} {one.version}" for one in distributions()}


def _own_folders():
    """The folders of apps and templates that no package manager has put there."""
    folders = {Path(app.path) for app in apps.get_app_configs()}
    folders.update(Path(folder) for engine in settings.TEMPLATES for folder in engine.get("DIRS", ()))
    if module := os.environ.get(ENVIRONMENT_VARIABLE):
        folders.add(Path(str(import_module(module).__file__)).parent)
    if settings.STATIC_ROOT:
        folders.add(Path(settings.STATIC_ROOT) / "staticfiles.json")
    return {path for path in folders if "site-packages" not in path.parts}


def slots_or_none() -> Slots | None:
    """The versions that this machine's processes share; None, and a line in the log, where they cannot."""
    where = folder()
    try:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = where.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise PermissionError(f"{where} is not a folder of this user's.")
        return Slots(where)
    except OSError as error:
        logger.error("No page is kept: %s", error)
        return None
