from django.core.management.base import BaseCommand

from clinicsite.core.pictures.retidying import remove_telling_cuts, tidied_pictures


class Command(BaseCommand):
    help = (
        "Take out of clinics' pictures what they tell of where they were taken and by whom, and make too"
        " large ones smaller, as is done with new ones. Safe to run again."
    )

    def handle(self, *args, **options):
        pictures = sum(1 for _ in tidied_pictures())
        cuts = remove_telling_cuts()
        self.stdout.write(f"Pictures stored anew: {pictures}. Old cuts removed: {cuts}.")
