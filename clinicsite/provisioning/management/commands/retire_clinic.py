from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.tenancy import clinic_sites
from clinicsite.provisioning.clinics import what_a_clinic_has
from clinicsite.provisioning.retiring.archive import ArchiveError
from clinicsite.provisioning.retiring.retire import RetirementError, retire_clinic


class Command(BaseCommand):
    help = (
        "Retires one clinic: writes all it has into a file, removes it for good, and has its hosts answer "
        "that it has closed. Says what there is; only with --name, the clinic's name, is it done."
    )

    def add_arguments(self, parser):
        parser.add_argument("host", help="The clinic's host, such as northgate.example.")
        parser.add_argument(
            "--to",
            type=Path,
            required=True,
            metavar="FOLDER",
            help="Where the file is written. It has patients' messages: let nobody else read it.",
        )
        parser.add_argument("--name", help="The clinic's name, as the first run says it. Retires the clinic.")

    def handle(self, *args, **options):
        site = clinic_sites().filter(hostname=options["host"]).select_related("root_page").first()
        if site is None:
            raise CommandError(f"No clinic has the host {options['host']}. Settings > Sites lists them.")
        if not options["to"].is_dir():
            raise CommandError(f"{options['to']} is no folder. Make it first, for nobody else to read.")
        name = site.site_name or site.hostname
        self.stdout.write(f"“{name}” has: {', '.join(what_a_clinic_has(site))}.")
        if options["name"] is None:
            self.stdout.write(f"Nothing was done. With --name “{name}” it is exported and removed, for good.")
            return
        if (typed := options["name"]) != name:
            raise CommandError(f"The clinic is called “{name}”, and not “{typed}”. Nothing was done.")
        hosts = hosts_of(site)
        try:
            done = retire_clinic(site, options["to"], say=self.stdout.write)
        except (ArchiveError, RetirementError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Written: {done.path}")
        for line in done.clinic.removed:
            self.stdout.write(line)
        self.stdout.write(f"“{name}” was retired. {', '.join(hosts)} says so from now on.")
