from django.core.management.base import BaseCommand

from clinicsite.clinics.audit.log import prune


class Command(BaseCommand):
    """Deletes what the audit log has kept for as long as it is kept. For every night."""

    help = "Delete the entries of the audit log that are older than CLINICSITE['AUDIT_LOG_DAYS']."

    def handle(self, *args, verbosity, **options):
        deleted = prune()
        if verbosity:
            self.stdout.write(f"{deleted} {'entry' if deleted == 1 else 'entries'} deleted.")
