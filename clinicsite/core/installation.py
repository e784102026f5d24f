"""Whether the product has been put into a project's settings as it must be: `manage.py check` says."""

import re
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db.models import UniqueConstraint
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from wagtail.images import get_image_model

from clinicsite import plugin
from clinicsite.core.conf import conf

GUIDE = "See docs/how-to/agency-add-to-a-wagtail-project.md."
#: What a page chooser's address belongs to where our own addresses stand before Wagtail's.
OUR_CHOOSER = "clinicsite_page_chooser"
#: Caches that raise whatever their client raises. Others have settings of their own for it.
FAILS_WITH_ITS_SERVER = ("django.core.cache.backends.redis.RedisCache",)
#: What `wagtail start` names.
NOWHERE = "http://example.com"
MODELS = (
    "Build the model on one of clinicsite.core.models (users.AbstractClinicUser, media.AbstractClinicImage), "
    "give it these fields, or put clinicsite.I015 into SILENCED_SYSTEM_CHECKS."
)


def register_all():
    """Register the checks; called once the apps are ready."""
    for check in (check_apps, check_middleware, check_context_processor, check_addresses):
        checks.register(check, "clinicsite")
    for check in (check_hosts, check_base_url, check_background, check_cache, check_models):
        checks.register(check, "clinicsite")


def check_apps(app_configs, **kwargs):
    """Every app of the product is installed, and what they need."""
    missing = [name for name in (*plugin.APPS, *plugin.APPS_NEEDED) if not apps.is_installed(name)]
    return [
        checks.Error(
            f"INSTALLED_APPS has no {name}.",
            hint=f"Use clinicsite.plugin.apps. {GUIDE}",
            id="clinicsite.E008",
        )
        for name in missing
    ]


def check_middleware(app_configs, **kwargs):
    """The middleware is there and in an order that works: without it nobody is served a clinic."""
    return [
        checks.Error(
            f"MIDDLEWARE: {sentence}", hint=f"Use clinicsite.plugin.middleware. {GUIDE}", id="clinicsite.E009"
        )
        for sentence in plugin.misplaced(settings.MIDDLEWARE)
    ]


def check_context_processor(app_configs, **kwargs):
    """Templates are told whose page they show."""
    if plugin.templates(settings.TEMPLATES) == list(settings.TEMPLATES):
        return []
    return [
        checks.Error(
            f"TEMPLATES names no context processor {plugin.CONTEXT_PROCESSOR}.",
            hint=f"Use clinicsite.plugin.templates. {GUIDE}",
            id="clinicsite.E010",
        )
    ]


def check_addresses(app_configs, **kwargs):
    """Our addresses in the admin stand before Wagtail's, which show one clinic another's pages."""
    try:
        path = reverse("wagtailadmin_choose_page", urlconf=conf.admin_urlconf)
        found = resolve(path, urlconf=conf.admin_urlconf)
    except (ImportError, NoReverseMatch, Resolver404):
        return [
            checks.Error(
                f"{conf.admin_urlconf} has no Wagtail admin.",
                hint=f"Include wagtail.admin.urls there. {GUIDE}",
                id="clinicsite.E011",
            )
        ]
    if found.namespace == OUR_CHOOSER:
        return []
    return [
        checks.Error(
            f"{conf.admin_urlconf} does not include clinicsite.admin_urls before wagtail.admin.urls.",
            hint=f'Add path("admin/", include("clinicsite.admin_urls")) above it, at the same path. {GUIDE}',
            id="clinicsite.E012",
        )
    ]


def check_hosts(app_configs, **kwargs):
    """The agency's host is a name, and clinics' hosts have addresses of ours."""
    host, urlconf = conf.AGENCY_HOST, conf.CLINIC_URLCONF
    found = []
    if host != host.lower() or not re.fullmatch(r"[a-z0-9.-]*", host):
        found.append(
            checks.Error(
                f"AGENCY_HOST in CLINICSITE is {host!r}: no request has such a host, so all answer 404.",
                hint="Name the host alone, in lower case: admin.example, without a port or https.",
                id="clinicsite.E016",
            )
        )
    try:
        reverse("clinicsite_search", urlconf=urlconf)
    except (ImportError, NoReverseMatch) as error:
        found.append(
            checks.Error(
                f"CLINIC_URLCONF in CLINICSITE is {urlconf!r}: {error}",
                hint="Name a module of addresses that includes clinicsite.urls.",
                id="clinicsite.E017",
            )
        )
    return found


def check_base_url(app_configs, **kwargs):
    """Mails and clinics' hosts know where the admin is."""
    given = conf.admin_root_url
    parts = urlsplit(given)
    if parts.scheme in ("http", "https") and parts.netloc and not parts.path and given != NOWHERE:
        return []
    return [
        checks.Warning(
            f"WAGTAILADMIN_BASE_URL is {given!r}: links to the admin in mails, and from /admin/ on a "
            "clinic's host, lead nowhere.",
            hint="Name the scheme and host of the admin, such as https://admin.example.",
            id="clinicsite.W013",
        )
    ]


def check_background(app_configs, **kwargs):
    """Two pages published at once do not wait for one another's rows in the search index."""
    backend = getattr(settings, "TASKS", {}).get("default", {}).get("BACKEND", "immediate")
    is_lockable = settings.DATABASES["default"]["ENGINE"].endswith(("postgresql", "postgis"))
    if not is_lockable or not backend.endswith(("immediate", "immediate.ImmediateBackend")):
        return []
    return [
        checks.Warning(
            "TASKS does background work inside the transaction that asks for it: of two pages published at "
            "once PostgreSQL can end one with a deadlock.",
            hint='Use "clinicsite.core.background.AfterCommitBackend", or a worker: '
            '"django_tasks_db.DatabaseBackend".',
            id="clinicsite.W014",
        )
    ]


def check_cache(app_configs, **kwargs):
    """Pages do not fail with the server of their cache."""
    backends = {one["BACKEND"] for one in settings.CACHES.values()}
    return [
        checks.Warning(
            f"CACHES has {backend}: while its server is gone, every page answers with an error.",
            hint='For Redis use "clinicsite.core.caching.RedisOrMemoryCache", which takes the same options.',
            id="clinicsite.W018",
        )
        for backend in sorted(backends & set(FAILS_WITH_ITS_SERVER))
    ]


def check_models(app_configs, **kwargs):
    """Says what the project's models of people and pictures lack, and what then does not work."""
    people, pictures = get_user_model(), get_image_model()
    found = []
    if not _keeps_addresses_apart(people):
        found.append(
            f"{people._meta.label} lets two people have the same e-mail address: a mail to reset a password "
            "then goes to both."
        )
    if not _has(pictures, "alt_text") and not _has(pictures, "description"):
        found.append(f"{pictures._meta.label} describes no picture: people who cannot see are told nothing.")
    if not _has(pictures, "credit"):
        found.append(f"{pictures._meta.label} has no credit: nobody who made a picture is named beside it.")
    if not _has(pictures, "has_consent"):
        found.append(
            f"{pictures._meta.label} knows of no consent: a picture of a patient can be shown without one."
        )
    return [checks.Info(sentence, hint=MODELS, id="clinicsite.I015") for sentence in found]


def _has(model, name):
    return any(field.name == name for field in model._meta.get_fields())


def _keeps_addresses_apart(model):
    """Whether the database does; a constraint may stand on the address in lower case."""
    name = model.get_email_field_name()
    if not _has(model, name):
        return False
    rules = [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    return model._meta.get_field(name).unique or any(name in str(rule) for rule in rules)
