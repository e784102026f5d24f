from django.core.management.base import BaseCommand, CommandError

from clinicsite.clinics import host_checks, hosts
from clinicsite.clinics.tenancy.scope import clinic_sites


class Command(BaseCommand):
    """Asks clinics' hosts whether they answer here."""

    help = "Ask the hosts of clinics whether they answer here, and note it for the screen “Addresses”."

    def add_arguments(self, parser):
        parser.add_argument(
            "host", nargs="*", help="Clinics, each by any of its hosts; all if none is named."
        )

    def handle(self, *args, host, **options):
        known = {site: hosts.hosts_of(site) for site in clinic_sites().order_by("hostname", "pk")}
        unknown = set(host).difference(*known.values())
        if unknown:
            raise CommandError(f"No clinic has {', '.join(sorted(unknown))}.")
        asked = [(site, names) for site, names in known.items() if not host or set(host) & set(names)]
        found = [host_checks.check(site, name) for site, names in asked for name in names]
        for check in found:
            self.stdout.write(check.problem or f"{check.name} answers here.")
        missing = sum(bool(check.problem) for check in found)
        if missing:
            raise CommandError(f"{missing} of {len(found)} hosts do not answer here.")
