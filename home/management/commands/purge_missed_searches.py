from django.core.management.base import BaseCommand

from clinicsite.home.search.missing import KEPT_DAYS, forget_old


class Command(BaseCommand):
    """Forgets searches without a result that nobody has made for a while. For every night."""

    help = f"Delete searches without a result that nobody has made for {KEPT_DAYS} days."

    def handle(self, *args, verbosity, **options):
        deleted = forget_old()
        if verbosity:
            self.stdout.write(f"{deleted} search{'' if deleted == 1 else 'es'} deleted.")
