from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from clinicsite.core.page_cache import setup


class Command(BaseCommand):
    help = (
        "Says how often each clinic's pages were given out as kept on this machine, and how often rendered."
    )

    def add_arguments(self, parser):
        parser.add_argument("--empty", action="store_true", help="Let nothing that is kept stand any more.")

    def handle(self, *, empty, **options):
        slots = setup.slots_or_none() if setup.is_on() else None
        if slots is None:
            raise CommandError("No page is kept here: see PAGE_CACHE and PAGE_CACHE_FOLDER.")
        if empty:
            slots.start_anew()
            self.stdout.write("Every page is rendered anew.")
            return
        for site in Site.objects.order_by("hostname"):
            kept, rendered = slots.counted(site.pk)
            if kept or rendered:
                self.stdout.write(f"{site.hostname}: {kept} given out as kept, {rendered} rendered")
