from django.core.management.base import BaseCommand

from clinicsite.core.pictures.preparing import ids_of_pictures_shown, prepare_picture


class Command(BaseCommand):
    help = (
        "Make every size and format of the pictures that pages show, as after an import. Safe to run again."
    )

    def handle(self, *args, verbosity, **options):
        ids = ids_of_pictures_shown()
        for image_id in ids:
            prepare_picture.func(image_id)
        if verbosity:
            self.stdout.write("1 picture is ready." if len(ids) == 1 else f"{len(ids)} pictures are ready.")
