"""What a project adds to its settings: apps, middleware and a context processor, each in its place.

    from clinicsite import plugin

    INSTALLED_APPS = plugin.apps(INSTALLED_APPS)
    MIDDLEWARE = plugin.middleware(MIDDLEWARE)
    TEMPLATES = plugin.templates(TEMPLATES)

The functions give new lists: what is there keeps its order, and what is there already is not added again.
`manage.py check` says what a project that writes its lists by hand has forgotten or put elsewhere.
"""

from collections.abc import Iterable
from copy import deepcopy
from itertools import pairwise
from typing import Any

__all__ = ["apps", "middleware", "templates"]

#: The product's apps. They stand after a project's own, so that its templates and static files win.
APPS = (
    "clinicsite.provisioning",
    "clinicsite.home",
    "clinicsite.locations",
    "clinicsite.modalities",
    "clinicsite.library",
    "clinicsite.clinics",
    "clinicsite.core",
)
#: What they need beside a Wagtail project's usual apps.
APPS_NEEDED = (
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.snippets",
    "django_tasks",
    "phonenumber_field",
    "django.contrib.humanize",
)
CONTEXT_PROCESSOR = "clinicsite.clinics.context_processors.clinic"

SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
LOCALES = "django.middleware.locale.LocaleMiddleware"
COMMON = "django.middleware.common.CommonMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
SIGNED_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"
REDIRECTS = "wagtail.contrib.redirects.middleware.RedirectMiddleware"

#: They decide whose a request is: before whatever asks for the session, the language or an address.
FIRST = (
    "clinicsite.clinics.maintenance.MaintenanceMiddleware",
    "clinicsite.clinics.retired.RetiredHostMiddleware",
    "clinicsite.clinics.middleware.CurrentSiteMiddleware",
    "clinicsite.clinics.visiting.VisitMiddleware",
    "clinicsite.clinics.compression.TextCompressionMiddleware",
)
FIRST_STAND_BEFORE = (SESSIONS, LOCALES, COMMON, CSRF, SIGNED_IN)
#: It knows who has signed in, and has something to tell them.
GATE = "clinicsite.clinics.tenancy.gate.AdminSurfaceMiddleware"
#: It sets the clock of the admin for whom the gate has let in.
ZONE = "clinicsite.clinics.admin_zone.AdminZoneMiddleware"
#: It notes what was downloaded, and where from something was done.
AUDIT = "clinicsite.clinics.audit.watching.AuditMiddleware"
GATE_STANDS_AFTER = (SIGNED_IN, MESSAGES)
#: They finish a clinic's page: after the project's own, before the redirects, which win over “gone”.
LAST = (
    "clinicsite.clinics.policy.ContentPolicyMiddleware",
    "clinicsite.clinics.locale.ClinicLocaleMiddleware",
    "clinicsite.clinics.analytics.AnalyticsMiddleware",
    "clinicsite.core.gone.GoneMiddleware",
)


def apps(installed: Iterable[str]) -> list[str]:
    """A project's `INSTALLED_APPS`, then what the product needs, then the product's."""
    return _with(installed, (*APPS_NEEDED, *APPS))


def middleware(installed: Iterable[str]) -> list[str]:
    """A project's `MIDDLEWARE` with the product's in their places."""
    placed = [name for name in installed if name not in (*FIRST, GATE, ZONE, AUDIT, *LAST)]
    first = min((placed.index(name) for name in FIRST_STAND_BEFORE if name in placed), default=0)
    placed[first:first] = FIRST
    gate = max((placed.index(name) + 1 for name in GATE_STANDS_AFTER if name in placed), default=len(placed))
    placed[gate:gate] = [GATE, ZONE, AUDIT]
    placed = _with(placed, [REDIRECTS])
    last = placed.index(REDIRECTS)
    placed[last:last] = LAST
    return placed


def templates(installed: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A project's `TEMPLATES`; the context processor comes to each engine of Django's own templates."""
    engines = deepcopy(list(installed))
    for engine in engines:
        if engine["BACKEND"] == "django.template.backends.django.DjangoTemplates":
            options = engine.setdefault("OPTIONS", {})
            options["context_processors"] = _with(options.get("context_processors", ()), [CONTEXT_PROCESSOR])
    return engines


def misplaced(installed: Iterable[str]) -> list[str]:
    """Sentences on what of a project's `MIDDLEWARE` is missing or stands where it does not work."""
    placed = list(installed)
    missing = [name for name in (*FIRST, GATE, ZONE, AUDIT, *LAST, REDIRECTS) if name not in placed]
    if missing:
        return [f"{name} is missing." for name in missing]
    pairs = [(one, other) for one in FIRST for other in FIRST_STAND_BEFORE]
    pairs += [(one, GATE) for one in (*FIRST, *GATE_STANDS_AFTER)]
    pairs += [(GATE, ZONE), (ZONE, AUDIT), *((AUDIT, one) for one in LAST)]
    pairs += [*pairwise(FIRST), *zip(LAST, (*LAST[1:], REDIRECTS), strict=True)]
    return [
        f"{one} must stand before {other}."
        for one, other in pairs
        if one in placed and other in placed and placed.index(one) > placed.index(other)
    ]


def _with(installed: Iterable[str], needed: Iterable[str]) -> list[str]:
    present = list(installed)
    return present + [name for name in needed if name not in present]
