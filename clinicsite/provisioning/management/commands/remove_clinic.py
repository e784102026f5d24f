from django.core.management.base import BaseCommand, CommandError

from clinicsite.clinics.tenancy import clinic_sites
from clinicsite.provisioning.clinics import remove_clinic, what_a_clinic_has


class Command(BaseCommand):
    help = (
        "Removes one clinic: its site, settings, pages, messages, groups, pictures and documents. Says what "
        "there is; only with --yes is it removed, for good. Its people stay, without a role."
    )

    def add_arguments(self, parser):
        parser.add_argument("host", help="The clinic's host, such as northgate.example.")
        parser.add_argument("--yes", action="store_true", help="Remove it. Back up the database first.")

    def handle(self, *args, **options):
        site = clinic_sites().filter(hostname=options["host"]).select_related("root_page").first()
        if site is None:
            raise CommandError(f"No clinic has the host {options['host']}. Settings > Sites lists them.")
        title = site.root_page.title
        self.stdout.write(f"“{title}” has: {', '.join(what_a_clinic_has(site))}.")
        if not options["yes"]:
            self.stdout.write("Nothing was removed. With --yes all of it is, for good.")
            return
        remove_clinic(site, self.stdout.write)
        self.stdout.write(f"“{title}” was removed.")
