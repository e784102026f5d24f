from django.core.management.base import BaseCommand

from clinicsite.core.recovery import recover


class Command(BaseCommand):
    """Does after all what a process that died has left undone. For every few minutes."""

    help = "Queue again the mails and tasks that were lost because a process or the database went away."

    def handle(self, *args, verbosity, **options):
        found = recover()
        if verbosity:
            self.stdout.write(
                ", ".join(f"{count} {what}" for what, count in found.items()) + " queued again."
            )
