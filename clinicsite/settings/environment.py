"""Every environment variable the project reads, with its kind, default and meaning.

`docs/reference/settings.md` explains each of them to whoever runs the project; a test keeps the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from clinicsite.settings import kinds
from clinicsite.settings.kinds import Kind

SHORTEST_SECRET_KEY = 50
INSECURE_SECRET_KEY = "insecure-key-for-development-only"


class EnvironmentProblem(ImproperlyConfigured):
    """A variable is missing or malformed. The message is one line for the person who starts the project."""


@dataclass(frozen=True)
class Variable:
    """One environment variable.

    `default` is text, read like a value from the environment; "" stands for "not set", and gives None.
    """

    name: str
    kind: Kind
    default: str
    help: str
    example: str
    required_in_production: bool = False

    def problem(self, what: str) -> EnvironmentProblem:
        return EnvironmentProblem(f"{self.name} {what}. For example: {self.name}={self.example}")

    def read(self, environ: Mapping[str, str], *, production: bool) -> Any:
        """The value, its default where none is given, or None where there is neither."""
        text = environ.get(self.name, "").strip()
        if not text and production and self.required_in_production:
            raise self.problem("is not set, and production needs it")
        if not (text or self.default):
            return None
        try:
            return kinds.read_value(self.kind, text or self.default)
        except ValueError as error:
            shown = "" if self.kind.is_secret else f' is "{text}", which'
            raise self.problem(f"{shown} {error}".strip()) from error


VARIABLES = (
    Variable(
        "SECRET_KEY",
        kinds.SECRET,
        INSECURE_SECRET_KEY,
        "Signs sessions and links in e-mails. At least 50 random characters, the same on every server.",
        "\"$(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')\"",
        required_in_production=True,
    ),
    Variable("DEBUG", kinds.YES_NO, "yes", "Shows errors in the browser. Development only.", "yes"),
    Variable(
        "ALLOWED_HOSTS",
        kinds.HOST_NAMES,
        "localhost,.localhost,127.0.0.1",
        "Hosts that may be served. A leading dot takes in every name below it.",
        ".clinics.example,www.northgate.example",
        required_in_production=True,
    ),
    Variable(
        "AGENCY_HOST",
        kinds.HOST_NAME,
        "localhost",
        "The agency's own host: the list of clinics and the admin.",
        "admin.clinics.example",
        required_in_production=True,
    ),
    Variable(
        "AGENCY_NAME",
        kinds.TEXT,
        "Clinicsite",
        "The agency's name, shown in the admin and on the list of clinics.",
        "Example Agency",
    ),
    Variable(
        "WAGTAILADMIN_BASE_URL",
        kinds.WEB_ADDRESS,
        "http://localhost:8000",
        "Address of the admin, without /admin, for links in e-mails.",
        "https://admin.clinics.example",
        required_in_production=True,
    ),
    Variable(
        "DATABASE_URL",
        kinds.DATABASE,
        "sqlite:///db.sqlite3",
        "Where the database is: SQLite (the default), or PostgreSQL for more than a small install.",
        "postgres://user:password@db.example:5432/clinicsite",
        required_in_production=True,
    ),
    Variable(
        "REDIS_URL",
        kinds.REDIS,
        "",
        "A cache that all processes share. Without it each process caches for itself.",
        "redis://cache.example:6379/0",
    ),
    Variable(
        "EMAIL_URL",
        kinds.EMAIL,
        "consolemail://",
        "The server that sends e-mail. Development prints e-mails instead.",
        "smtp+tls://user:password@mail.example:587",
        required_in_production=True,
    ),
    Variable(
        "DEFAULT_FROM_EMAIL",
        kinds.SENDER,
        "Clinicsite <noreply@clinics.example>",
        "Sender of every e-mail.",
        '"Example Agency <noreply@clinics.example>"',
        required_in_production=True,
    ),
    Variable(
        "SECOND_FACTOR",
        kinds.one_of("nobody", "agency", "everybody"),
        "",
        "Who needs a second step to sign in. Where it is not set: the agency, and nobody in development.",
        "everybody",
    ),
    Variable(
        "SECURITY_CONTACT",
        kinds.CONTACT,
        "",
        "Whom to tell of a weakness: shown in /.well-known/security.txt, which is not there without it.",
        "security@clinics.example",
    ),
    Variable(
        "ARCHIVE_FOLDER",
        kinds.PATH,
        "archives",
        "Folder for clinics that are retired in the admin, with their patients' messages: for nobody else.",
        "/srv/clinicsite/archives",
    ),
    Variable("MEDIA_ROOT", kinds.PATH, "media", "Folder for uploaded files.", "/srv/clinicsite/media"),
    Variable(
        "MEDIA_URL",
        kinds.ADDRESS_PREFIX,
        "/media/",
        "Address of uploaded files in that folder.",
        "https://media.clinics.example/",
    ),
    Variable(
        "STATIC_ROOT",
        kinds.PATH,
        "staticfiles",
        "Folder that `collectstatic` fills.",
        "/srv/clinicsite/static",
    ),
    Variable(
        "S3_BUCKET",
        kinds.TEXT,
        "",
        "Keeps uploaded files in this S3 bucket instead of MEDIA_ROOT.",
        "clinicsite-media",
    ),
    Variable("S3_REGION", kinds.TEXT, "", "Region of the bucket.", "ca-central-1"),
    Variable(
        "S3_ENDPOINT_URL",
        kinds.WEB_ADDRESS,
        "",
        "Address of an S3-compatible service other than Amazon's.",
        "https://objects.example",
    ),
    Variable(
        "S3_PUBLIC_HOST",
        kinds.HOST_NAME,
        "",
        "Host from which visitors load the bucket's pictures. Needed with S3_BUCKET.",
        "media.clinics.example",
    ),
    Variable(
        "S3_ACCESS_KEY",
        kinds.SECRET,
        "",
        "Key of the bucket; without it, the server's own role.",
        "AKIAEXAMPLE",
    ),
    Variable("S3_SECRET_KEY", kinds.SECRET, "", "Secret that belongs to S3_ACCESS_KEY.", "..."),
    Variable(
        "TASKS_BACKEND",
        kinds.one_of("immediate", "database"),
        "immediate",
        "Does background work before the answer is sent, pictures beside it, or keeps all of it for "
        "`manage.py run_worker`.",
        "database",
    ),
    Variable(
        "SECURE_SSL",
        kinds.YES_NO,
        "yes",
        "Production only: redirects to https, and keeps cookies to https.",
        "yes",
    ),
    Variable(
        "HSTS_SECONDS",
        kinds.WHOLE_NUMBER,
        "31536000",
        "Production only: how long a browser insists on https, in seconds. Try 3600 first.",
        "3600",
    ),
    Variable(
        "HSTS_SUBDOMAINS",
        kinds.YES_NO,
        "yes",
        "Production only: extends that to every name below a clinic's domain. Say no if one has no https.",
        "no",
    ),
    Variable(
        "TRUSTED_PROXY_COUNT",
        kinds.WHOLE_NUMBER,
        "0",
        "How many proxies of our own stand in front, whose X-Forwarded headers are to be believed.",
        "1",
    ),
    Variable(
        "MAINTENANCE",
        kinds.YES_NO,
        "no",
        "Closes the clinics' sites with a page that names the clinic and its phone; the admin stays open.",
        "yes",
    ),
    Variable(
        "PAGE_CACHE",
        kinds.YES_NO,
        "yes",
        "Keeps clinics' pages once rendered, until something they show changes; never with DEBUG.",
        "no",
    ),
    Variable(
        "PAGE_CACHE_FOLDER",
        kinds.TEXT,
        "",
        "Where the processes of a machine share kept pages; not set means among its temporary files.",
        "/var/cache/clinicsite",
    ),
    Variable(
        "LOG_LEVEL",
        kinds.one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "INFO",
        "The least serious message that is logged.",
        "WARNING",
    ),
)


def read(environ: Mapping[str, str], *, production: bool = False) -> dict[str, Any]:
    """The value of every variable by name. Stops at the first that is missing or malformed."""
    values = {variable.name: variable.read(environ, production=production) for variable in VARIABLES}
    if values["S3_BUCKET"] and not values["S3_PUBLIC_HOST"]:
        raise _named("S3_PUBLIC_HOST").problem("is not set, and S3_BUCKET needs it")
    if production:
        _refuse_development_values(environ, values)
    return values


def load_file(path: Path) -> None:
    """Put what a `.env` file holds into the environment; what is set there already wins."""
    if path.is_file():
        Env.read_env(path)


def _named(name: str) -> Variable:
    return next(variable for variable in VARIABLES if variable.name == name)


def _refuse_development_values(environ: Mapping[str, str], values: Mapping[str, Any]) -> None:
    key = values["SECRET_KEY"]
    if INSECURE_SECRET_KEY in key or key.startswith("django-insecure-"):
        raise _named("SECRET_KEY").problem("is a key for development, which production refuses")
    if len(key) < SHORTEST_SECRET_KEY or len(set(key)) < 10:
        raise _named("SECRET_KEY").problem(
            f"is too easy to guess: it needs {SHORTEST_SECRET_KEY} random characters"
        )
    if environ.get("DEBUG", "").strip() and values["DEBUG"]:
        raise EnvironmentProblem(
            "DEBUG is on, and production shows errors to nobody. Unset it, or set DEBUG=no"
        )
