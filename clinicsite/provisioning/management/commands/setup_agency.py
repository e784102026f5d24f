from django.core.management.base import BaseCommand

from clinicsite.provisioning.agency import setup_agency
from clinicsite.provisioning.welcome import remove_welcome


class Command(BaseCommand):
    help = (
        "Makes what an agency needs: the library, a network for its clinics, the agency's roles, and those "
        "of each clinic that has a site. May be run again at any time: it makes what is missing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--remove-welcome",
            action="store_true",
            help="Also take away the example page, site, groups and workflow of a new Wagtail, where nobody "
            "uses them. For a project of clinics alone.",
        )

    def handle(self, *args, **options):
        lines = []
        if options["remove_welcome"]:
            lines += [f"Removed {what}." for what in remove_welcome()]
        setup_agency(lines.append)
        for line in lines or ["Everything is there already."]:
            self.stdout.write(line)
