"""Clinics to whose people the agency has closed the admin, known without a query at each of its requests."""

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.models import Site

from clinicsite.clinics.tenancy.trees import forget

KEY = "clinicsite:closed_admins"
#: How long a process without a shared cache may not know of a change.
SECONDS = 60


def closed_paths() -> frozenset[str]:
    """The tree paths of the front pages of such clinics; no query as a rule."""
    return cache.get_or_set(KEY, _read, SECONDS)


def connect_signals(settings_model) -> None:
    """Read them again whenever a clinic's settings or a site change.

    Args:
        settings_model: `ClinicSettings`, whose own module needs this package.
    """
    for signal in (post_save, post_delete):
        for model in (settings_model, Site):
            uid = f"clinicsite_closed_admins_{id(signal)}_{model._meta.label}"
            signal.connect(_changed, sender=model, dispatch_uid=uid)


def _changed(**kwargs):
    forget(KEY)


def _read():
    closed = Site.objects.filter(clinicsite_settings__is_admin_closed=True)
    return frozenset(closed.values_list("root_page__path", flat=True))
