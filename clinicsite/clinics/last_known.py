"""Each process's memory of the clinics it has lately shown, for when neither database nor cache answer.

A patient who meets an error still needs the phone number. The memory is renewed with every page shown, and a
site that is saved or deleted is forgotten, so that no host shows a clinic that has moved away from it.
"""

from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Site

from clinicsite.clinics.profile import ClinicProfile

#: Hours and phones older than this are not to be relied on; other processes may not hear of a moved site.
OLDEST_SECONDS = 60 * 60
MOST_CLINICS = 5_000

_clinics: dict[str, tuple[float, ClinicProfile]] = {}


def remember(host: str, clinic: ClinicProfile) -> None:
    """Note that this clinic has just been shown on this host."""
    if len(_clinics) >= MOST_CLINICS:
        _clinics.clear()
    _clinics[host] = (timezone.now().timestamp(), clinic)


def last_known(host: str) -> ClinicProfile | None:
    """The clinic that was shown on this host within the last hour, or None; asks nobody."""
    seen, clinic = _clinics.get(host, (0.0, None))
    return clinic if timezone.now().timestamp() - seen <= OLDEST_SECONDS else None


def connect_signals() -> None:
    """Forget everything whenever a site changes."""
    for signal in (post_save, post_delete):
        signal.connect(_forget, sender=Site, dispatch_uid=f"last_known_{id(signal)}")


def _forget(**kwargs):
    _clinics.clear()
