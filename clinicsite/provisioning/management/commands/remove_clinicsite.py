from django.core.management.base import BaseCommand, CommandError

from clinicsite.provisioning.removal import (
    RemovalError,
    refuse_if_it_is_not_there,
    refuse_if_it_stands_alone,
    remove_everything,
    what_there_is,
)


class Command(BaseCommand):
    help = (
        "Removes every clinic, the library, the agency's roles and all tables of the product from a project, "
        "which is left as it was. Says what there is; only with --yes is it removed, for good."
    )

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="Remove it. Back up the database first.")

    def handle(self, *args, **options):
        try:
            refuse_if_it_is_not_there()
            refuse_if_it_stands_alone()
            self.stdout.write(f"There are: {', '.join(what_there_is())}.")
            if not options["yes"]:
                self.stdout.write("Nothing was removed. With --yes all of it is, for good.")
                return
            remove_everything(self.stdout.write)
        except RemovalError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Everything was removed. Now take clinicsite out of the settings and addresses.")
