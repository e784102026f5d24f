from django.core.management.base import BaseCommand

from clinicsite.core.lost_files import lost_files


class Command(BaseCommand):
    help = (
        "List the files of pictures and documents that no row names and that are older than a day; with"
        " --delete, remove them."
    )

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="Remove the files.")

    def handle(self, *args, delete, verbosity, **options):
        count = 0
        for storage, name in list(lost_files()):
            count += 1
            if verbosity:
                self.stdout.write(name)
            if delete:
                storage.delete(name)
        files = "1 file" if count == 1 else f"{count} files"
        self.stdout.write(f"{files} removed." if delete else f"{files} found. Add --delete to remove them.")
