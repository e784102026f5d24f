"""How long messages are kept: as long as each clinic's contact page says, and no longer."""

from datetime import timedelta

from django.utils import timezone

from clinicsite.home.contact.choices import KeepDays
from clinicsite.home.contact.models import ContactMessage


def purge() -> int:
    """Delete every message whose time is up, and say how many; one query for each possible time."""
    return sum(_purge_after(days) for days in KeepDays.values)


def _purge_after(days):
    until = timezone.now() - timedelta(days=days)
    kept_so_long = ContactMessage.objects.filter(page__clinicsite_contactpage__keep_days=days)
    deleted, _ = kept_so_long.filter(created_at__lte=until).delete()
    return deleted
