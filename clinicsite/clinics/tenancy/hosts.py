"""Hosts of the project around the clinics, known without a query at each of its requests."""

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.models import Site

from clinicsite.clinics.tenancy.scope import clinic_sites
from clinicsite.clinics.tenancy.trees import forget
from clinicsite.core.page_reading import register_structure

KEY = "clinicsite:project_hosts"
#: How long a process without a shared cache may not know that such a host has become a clinic's.
SECONDS = 60


def is_projects(host: str) -> bool:
    """Whether a host has sites of the project, and no clinic on any port; no query as a rule."""
    return host in cache.get_or_set(KEY, _read, SECONDS)


def connect_signals() -> None:
    """Read the hosts again whenever a site changes."""
    register_structure(KEY)
    for signal in (post_save, post_delete):
        signal.connect(_changed, sender=Site, dispatch_uid=f"clinicsite_project_hosts_{id(signal)}")


def _changed(**kwargs):
    forget(KEY)


def _read():
    clinics = set(clinic_sites().values_list("hostname", flat=True))
    return frozenset(Site.objects.values_list("hostname", flat=True)) - clinics
