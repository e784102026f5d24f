from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.template.defaultfilters import pluralize

import clinicsite.provisioning
from clinicsite.provisioning import SpecError, create_clinic
from clinicsite.provisioning.sources import sources_in

EXAMPLE = Path(clinicsite.provisioning.__file__).parent / "example.toml"


class Command(BaseCommand):
    help = (
        "Makes clinics of specs: a TOML file for one clinic, a folder of such files, or a CSV file with a "
        "line for each branch of a chain. Run again it makes what is missing and changes nothing. Ends with "
        "1 where a spec has faults, each named by file, line and field; the others are made all the same. A "
        "clinic that is to be live goes through its launch checklist: with open lines it is made as a draft, "
        "they are listed, and the command ends with 1; --anyway opens it all the same."
    )

    def add_arguments(self, parser):
        parser.add_argument("specs", nargs="*", type=Path, help="TOML files, CSV files, folders of them.")
        parser.add_argument("--base", type=Path, help="A TOML file with what all specs have in common.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be made; write nothing.")
        parser.add_argument("--all-or-none", action="store_true", help="Make no clinic if one has faults.")
        parser.add_argument(
            "--anyway", action="store_true", help="Open live clinics although their checklist has open lines."
        )
        parser.add_argument("--no-mail", action="store_true", help="Send no invitations.")
        parser.add_argument("--example", action="store_true", help="Print a whole spec that works as it is.")

    def handle(self, *args, **options):
        if options["example"]:
            self.stdout.write(EXAMPLE.read_text(encoding="utf-8"), ending="")
            return
        if not options["specs"]:
            raise CommandError("Name a spec, or print one with --example.", returncode=2)
        self.options = options
        self.held_back = 0
        sources = sources_in(options["specs"], options["base"])
        if not sources:
            raise CommandError("There is no spec: no TOML file, and no line in a CSV file.")
        made = self._all_or_none(sources) if options["all_or_none"] else self._each(sources)
        if made < len(sources):
            raise CommandError(f"{len(sources) - made} of {len(sources)} could not be made. See above.")
        if self.held_back:
            raise CommandError(
                f"{self.held_back} of {len(sources)} not opened to patients: see the open lines above. Do "
                "them and run this again, or open each under “Launch”."
            )

    def _each(self, sources):
        return sum(self._one(number, source, len(sources)) for number, source in enumerate(sources, 1))

    def _all_or_none(self, sources):
        for source in sources:
            source.check()
        if any(source.faults for source in sources):
            for source in sources:
                self._write_faults(source)
            raise CommandError("No clinic was made: one or more specs have faults.")
        with transaction.atomic():
            if self._each(sources) < len(sources):
                raise CommandError("No clinic was made: one or more specs have faults.")
        return len(sources)

    def _one(self, number, source, total):
        source.check()
        if source.faults:
            self._write_faults(source)
            return False
        try:
            spec = replace(source.spec, opens_anyway=source.spec.opens_anyway or self.options["anyway"])
            created = create_clinic(spec, dry_run=self.options["dry_run"], invite=not self.options["no_mail"])
        except SpecError as error:
            # Somebody else was quicker, since it was checked.
            source.faults = list(error.faults)
            self._write_faults(source)
            return False
        self.held_back += created.is_held_back
        self._write(f"[{number}/{total}] {source.spec.host}: {self._summary(created)}", created, total)
        return True

    def _summary(self, created):
        if not created.made:
            return "everything is there already."
        things = f"{len(created.made)} thing{pluralize(len(created.made))}"
        made = f"would make {things}" if created.is_dry_run else f"made {things}"
        return f"{made}, kept {len(created.kept)}." if created.kept else f"{made}."

    def _write(self, line, created, total):
        self.stdout.write(line)
        for note in created.notes:
            self.stdout.write(f"  {note}")
        if total == 1 or created.is_dry_run or self.options["verbosity"] > 1:
            for sentence in (*created.made, *created.kept):
                self.stdout.write(f"  {self._said(sentence, created)}")

    def _said(self, sentence, created):
        return sentence.replace("Made ", "Would make ", 1) if created.is_dry_run else sentence

    def _write_faults(self, source):
        for line in source.lines:
            self.stderr.write(line)
