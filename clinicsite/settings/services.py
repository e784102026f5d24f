"""Settings for the services around the project, made from the values of the environment."""

from pathlib import Path
from typing import Any

Values = dict[str, Any]

FILES = "django.core.files.storage.FileSystemStorage"
S3 = "storages.backends.s3.S3Storage"


def database(values: Values, base_dir: Path) -> Values:
    """One database; SQLite so that a reader never waits for a writer, and a writer waits for its turn."""
    config = dict(values["DATABASE_URL"])
    if config["ENGINE"].endswith("sqlite3"):
        config["NAME"] = str(base_dir / config["NAME"])
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        return config
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | config


def caches(values: Values) -> Values:
    """The shared cache, and one for picture renditions that empties on its own."""
    if not values["REDIS_URL"]:
        return {alias: _local_cache(alias) for alias in ("default", "renditions")}
    return {alias: _redis_cache(values["REDIS_URL"], alias) for alias in ("default", "renditions")}


def _local_cache(alias: str) -> Values:
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": alias,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


def _redis_cache(url: str, alias: str) -> Values:
    return {"BACKEND": "clinicsite.core.caching.RedisOrMemoryCache", "LOCATION": url, "KEY_PREFIX": alias}


def media_storage(values: Values) -> Values:
    """Uploaded files: a folder, or a bucket whose own policy says which files are public.

    What does not answer is asked twice and not waited for as long as Boto would, which is minutes.
    """
    if not values["S3_BUCKET"]:
        return {"BACKEND": FILES}
    from botocore.config import Config  # Slow to load, and a folder does without it.

    patience = Config(
        connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 2}
    )
    options = {
        "bucket_name": values["S3_BUCKET"],
        "region_name": values["S3_REGION"],
        "endpoint_url": values["S3_ENDPOINT_URL"],
        "custom_domain": values["S3_PUBLIC_HOST"],
        "access_key": values["S3_ACCESS_KEY"],
        "secret_key": values["S3_SECRET_KEY"],
        "querystring_auth": False,
        "file_overwrite": False,
        "client_config": patience,
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
    }
    return {"BACKEND": S3, "OPTIONS": {name: value for name, value in options.items() if value is not None}}


def tasks(values: Values) -> Values:
    """Where background work runs: in the process that asks for it, or in `manage.py run_worker`."""
    backends = {
        "immediate": "clinicsite.core.background.AfterCommitBackend",
        "database": "django_tasks_db.DatabaseBackend",
    }
    return {"default": {"BACKEND": backends[values["TASKS_BACKEND"]]}}


def extra_sources(values: Values) -> dict[str, list[str]]:
    """What clinics' pages load from elsewhere: pictures from the bucket."""
    return {"img-src": [f"https://{values['S3_PUBLIC_HOST']}"]} if values["S3_BUCKET"] else {}


def logging(level: str) -> Values:
    """Every message to the standard error stream, where the process manager collects it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": ["console"], "level": level, "propagate": False},
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
            # Both note every page saved; Wagtail keeps its own history of that.
            "django_tasks": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},
        },
    }
