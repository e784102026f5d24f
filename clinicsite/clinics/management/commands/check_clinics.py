import logging

from django.core.management.base import BaseCommand, CommandError

from clinicsite.clinics import hosts
from clinicsite.clinics.launching.letters import keep_and_tell, tell_agency
from clinicsite.clinics.launching.results import look_again
from clinicsite.clinics.models import SiteState
from clinicsite.clinics.tenancy.scope import clinic_sites
from clinicsite.core.conf import conf

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Goes through the checklist of every live clinic again, and tells what has broken. For every night."""

    help = "Look at every live clinic again, and tell its owners and the agency what has broken since."

    def add_arguments(self, parser):
        parser.add_argument(
            "host", nargs="*", help="Clinics, each by any of its hosts; all if none is named."
        )
        parser.add_argument("--no-network", action="store_true", help="Do not ask whether hosts answer.")

    def handle(self, *args, host, no_network, **options):
        if conf.MAINTENANCE:
            raise CommandError("The sites are closed for maintenance: nothing is looked at meanwhile.")
        live = clinic_sites().filter(clinicsite_settings__state=SiteState.LIVE)
        sites = live.select_related("root_page", "clinicsite_settings").order_by("hostname", "pk")
        found, failed = [], []
        for site in sites:
            if host and not set(host) & set(hosts.hosts_of(site)):
                continue
            try:
                broken = keep_and_tell(site, look_again(site, asks_hosts=not no_network))
            except Exception:
                # One clinic's fault takes nobody else's night away; it is in the log and in the answer.
                logger.exception("%s could not be looked at.", site.hostname)
                failed.append(site.hostname)
                continue
            found.append(broken)
        tell_agency(found)
        self._say(found)
        if failed:
            raise CommandError(f"Could not be looked at: {', '.join(failed)}. The log says why.")

    def _say(self, found):
        for one in found:
            for line in one.lines:
                self.stdout.write(f"{one.site.hostname}: {line.title}: {line.finding.sentence}")
        count = sum(bool(one.lines) for one in found)
        self.stdout.write(f"{len(found)} clinics looked at; something new is broken at {count}.")
