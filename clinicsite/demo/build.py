"""Building the whole demo, step by step, saying what it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.models import Site

from clinicsite.core.pictures.preparing import left_for_later
from clinicsite.demo import data
from clinicsite.demo.clinic_builder import ClinicBuilder
from clinicsite.demo.clinics import DemoClinic
from clinicsite.demo.library import build_library
from clinicsite.demo.logins import Login, ensure_login
from clinicsite.demo.packs import build_packs
from clinicsite.demo.story import tell_story
from clinicsite.provisioning.agency import setup_agency

#: Username -> (role, or "" for the superuser; first and last name).
AGENCY_LOGINS = {
    "agency": ("", "Robin", "Castellan"),
    "agency-administrator": ("Agency administrators", "Noor", "Haddad"),
    "library-editor": ("Library editors", "Tomas", "Rask"),
    "clinical-reviewer": ("Clinical reviewers", "Ingrid", "Vale"),
    "release-manager": ("Release managers", "Wen", "Aldous"),
}


@dataclass
class DemoReport:
    """What there is to look at once the demo is built."""

    logins: list[Login] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)


@left_for_later()
def build_demo(
    port: int, password: str, say: Callable[[str], None], clinics: Sequence[str] = data.CLINICS
) -> DemoReport:
    """Make the library, the clinics and all logins, as far as they are not there yet.

    `port` is the one the sites are served on; `password` is everybody's; `say` is given each step in words;
    `clinics` names the ones to build, all five unless told otherwise.
    """
    report = DemoReport()
    agency = setup_agency()
    say("The library: references, treatments, conditions, posts")
    library = build_library(agency)
    with transaction.atomic():
        build_packs(library)
    for key in clinics:
        clinic = DemoClinic(key, library)
        say(f"{clinic.spec.name}: pages, places, people, posts")
        report.logins += ClinicBuilder(clinic, port, password).build()
    say("Logins of the agency")
    report.logins = _agency_logins(agency, password) + report.logins
    say("The library moves on, and the clinics answer")
    tell_story(library, clinics)
    report.sites = [Site.objects.get(hostname=f"{key}.localhost") for key in clinics]
    return report


def _agency_logins(agency, password):
    with transaction.atomic():
        return [
            ensure_login(
                username,
                role.lower().removesuffix("s") if role else "superuser of the agency",
                password,
                [agency.groups[role]] if role else [],
                first_name=first_name,
                last_name=last_name,
                email=f"{username}@agency.example",
                is_superuser=not role,
                is_staff=not role,
            )
            for username, (role, first_name, last_name) in AGENCY_LOGINS.items()
        ]
