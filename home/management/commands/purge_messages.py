from django.core.management.base import BaseCommand

from clinicsite.home.contact.retention import purge


class Command(BaseCommand):
    """Deletes what patients sent once their clinic's time for keeping it is up. For every night."""

    help = "Delete the messages of patients that have been kept for as long as their clinic keeps them."

    def handle(self, *args, verbosity, **options):
        deleted = purge()
        if verbosity:
            self.stdout.write(f"{deleted} message{'' if deleted == 1 else 's'} deleted.")
