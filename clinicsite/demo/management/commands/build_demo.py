from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinicsite.core.conf import conf
from clinicsite.demo.build import build_demo
from clinicsite.demo.records import TakenError

DEMO_PASSWORD = "calm-needle-2026"


class Command(BaseCommand):
    help = "Build the demo: a library, five clinics, their logins. Safe to run again; touches only its own."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="The port the sites are served on (8000).")
        parser.add_argument(
            "--password",
            default="",
            help="Everybody's password. Needed where DEBUG is off; it is no secret else.",
        )

    def handle(self, *args, **options):
        if not options["password"] and not settings.DEBUG:
            raise CommandError(
                "Give --password: the demo's usual one is public, and this is not a development install."
            )
        password = options["password"] or DEMO_PASSWORD
        started = monotonic()
        try:
            report = build_demo(options["port"], password, lambda step: self.stdout.write(f"  {step}"))
        except TakenError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The demo is built ({monotonic() - started:.0f} s).\n")
        self._print(report, options)

    def _print(self, report, options):
        agency = f"http://{conf.AGENCY_HOST}:{options['port']}"
        self.stdout.write(f"\nClinics      {agency}/")
        for site in report.sites:
            self.stdout.write(f"             {site.root_url}/  {site.site_name}")
        self.stdout.write(f"Admin        {agency}/admin/")
        for login in report.logins:
            self.stdout.write(f"             {login.username:22} {login.role}")
        if not options["password"]:
            self.stdout.write(f"Password     {DEMO_PASSWORD} (everybody's)\n")
