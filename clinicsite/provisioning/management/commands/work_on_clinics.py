from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from clinicsite.clinics.models import ClinicGroup, SiteState
from clinicsite.library.joining.adding import published_in_library
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.provisioning.bulk import reach, working
from clinicsite.provisioning.bulk.forms import setting_from_text, words_fault
from clinicsite.provisioning.bulk.jobs import job_of
from clinicsite.provisioning.bulk.plans import BulkError
from clinicsite.provisioning.bulk.setting_job import settable, settable_field
from clinicsite.provisioning.models.bulk import BulkClinic, BulkWork

Outcome = BulkClinic.Outcome


class Command(BaseCommand):
    help = (
        "Works on many clinics at once: sets a setting, adds a page of the library, replaces words, or "
        "undoes one of these. Says what would change at each clinic, and changes it; with --dry-run it only "
        "says so. Ends with 1 where a clinic could not be changed; the others are changed all the same."
    )

    def add_arguments(self, parser):
        kinds = parser.add_subparsers(dest="kind", required=True)
        setting = kinds.add_parser("setting", help="Set a setting.")
        setting.add_argument("field", help="The setting, such as free_consultation.")
        setting.add_argument("value", help="Its new value; yes or no for a box to tick.")
        page = kinds.add_parser("page", help="Add a page of the library.")
        page.add_argument("page", help="The page’s slug in the library, or its key.")
        page.add_argument("--publish", action="store_true", help="Publish it at once; otherwise a draft.")
        words = kinds.add_parser("words", help="Find and replace words.")
        words.add_argument("find")
        words.add_argument("replace", help="Empty takes the words out.")
        words.add_argument("--any-case", action="store_true", help="Find them with other capitals too.")
        words.add_argument("--parts-of-words", action="store_true", help="Find “art” within “part” too.")
        for kind in (setting, page, words):
            self._which_clinics(kind)
        undo = kinds.add_parser("undo", help="Undo what was done, where nothing was changed since.")
        undo.add_argument("work", type=int, help="Its number, which is said when it is done.")
        undo.add_argument("--by", required=True, help="The login of whoever undoes it.")

    def _which_clinics(self, parser):
        parser.add_argument("--by", required=True, help="The login of whoever does it.")
        parser.add_argument("--all", action="store_true", help="At all clinics of this person.")
        parser.add_argument("--group", action="append", default=[], help="At the clinics of this group.")
        parser.add_argument("--clinic", action="append", default=[], help="At the clinic with this host.")
        parser.add_argument("--state", action="append", default=[], choices=SiteState.values)
        parser.add_argument("--dry-run", action="store_true", help="Say what would change; change nothing.")

    def handle(self, *args, **options):
        self.by = self._person(options["by"])
        if options["kind"] == "undo":
            self._undo(options["work"])
            return
        try:
            asked = getattr(self, f"_{options['kind']}")(options)
        except BulkError as error:
            raise CommandError(str(error)) from error
        work = working.begin(options["kind"], asked, self._sites(options), self.by, then=working.at_once)
        working.go_through(work)
        self.stdout.write(f"{job_of(work).title()}:")
        self._say(work)
        if options["dry_run"]:
            working.drop(work)
            self.stdout.write("Nothing was changed.")
            return
        self._do(work)

    def _do(self, work):
        if not work.clinics.filter(outcome=Outcome.WOULD_CHANGE).exists():
            refused = work.clinics.filter(outcome=Outcome.REFUSED).count()
            working.drop(work)
            self.stdout.write("Nothing was changed.")
            self._fail(refused, "could not be changed")
            return
        working.do(work, self.by, then=working.at_once)
        working.go_through(work)
        changed = work.clinics.filter(outcome=Outcome.CHANGED).count()
        self.stdout.write(f"Changed {changed}. To undo it: work_on_clinics undo {work.pk}")
        failed = work.clinics.filter(outcome=Outcome.FAILED)
        self._say_reasons(failed)
        refused = work.clinics.filter(outcome=Outcome.REFUSED).count()
        self._fail(failed.count() + refused, "could not be changed")

    def _undo(self, key):
        work = reach.works_of(self.by).filter(pk=key).first()
        if work is None:
            raise CommandError(f"There is no work {key} on clinics of {self.by.get_username()}.")
        try:
            working.undo(work, self.by, then=working.at_once)
        except working.WrongStateError as error:
            raise CommandError(str(error)) from error
        working.go_through(work)
        self.stdout.write(f"Undone at {work.clinics.filter(outcome=Outcome.UNDONE).count()}.")
        kept = work.clinics.filter(outcome=Outcome.KEPT)
        self._say_reasons(kept)
        self._fail(kept.count(), "could not be undone")

    def _person(self, name):
        model = get_user_model()
        person = model.objects.filter(**{model.USERNAME_FIELD: name}, is_active=True).first()
        if person is None or not reach.works_on_many(person):
            raise CommandError(f"{name} is nobody who looks after many clinics.")
        return person

    def _sites(self, options):
        groups = ClinicGroup.objects.filter(name__in=options["group"])
        sites = reach.sites_of(self.by).filter(hostname__in=options["clinic"])
        unknown = set(options["group"]) - {group.name for group in groups}
        unknown |= set(options["clinic"]) - {site.hostname for site in sites}
        if unknown:
            raise CommandError(f"There is no such group or clinic: {', '.join(sorted(unknown))}.")
        found = reach.chosen(
            self.by, to_all=options["all"], groups=groups, sites=sites, states=options["state"]
        )
        if not found.exists():
            raise CommandError("Name clinics: --all, --group or --clinic.")
        return found.order_by("hostname", "pk")

    def _setting(self, options):
        field = settable_field(options["field"])
        if field is None:
            names = ", ".join(sorted(one.name for _heading, fields in settable() for one, _words in fields))
            raise CommandError(f"There is no such setting. These can be set: {names}.")
        value = options["value"]
        is_box = field.get_internal_type() == "BooleanField"
        if is_box and value not in ("yes", "no"):
            raise CommandError(f"Write yes or no, and not “{value}”.")
        return {"field": field.name, "value": value == "yes" if is_box else setting_from_text(field, value)}

    def _page(self, options):
        name = options["page"]
        which = {"pk": int(name)} if name.isdecimal() else {"slug": name}
        models = [model for model in shared_page_models() if not model.is_included]
        found = [page for model in models for page in published_in_library(model).filter(**which)]
        if len(found) != 1:
            keys = ", ".join(f"{page.pk} ({page.title})" for page in found)
            raise CommandError(
                f"Several pages are called so. Name one by its key: {keys}."
                if found
                else f"The library has no published page “{name}”."
            )
        return {"page": found[0].pk, "title": found[0].title, "is_live": options["publish"]}

    def _words(self, options):
        find, replace = options["find"], options["replace"]
        fault = words_fault(find, replace)
        if fault:
            raise CommandError(fault)
        return {
            "find": find,
            "replace": replace,
            "matches_case": not options["any_case"],
            "whole_words": not options["parts_of_words"],
        }

    def _say(self, work):
        for row in work.clinics.select_related("site").order_by("pk"):
            reason = f": {row.reason}" if row.reason else ""
            self.stdout.write(f"{row.site.hostname}: {row.get_outcome_display()}{reason}")
            for change in row.changes:
                for line in _lines(work.kind, change):
                    self.stdout.write(f"  {line}")
            for note in row.notes:
                self.stdout.write(f"  {note}")

    def _say_reasons(self, rows):
        for row in rows.select_related("site"):
            self.stderr.write(f"{row.site.hostname}: {row.get_outcome_display()}: {row.reason}")

    def _fail(self, count, what):
        if count:
            raise CommandError(f"{count} {what}. See above.")


def _lines(kind, change):
    if kind == BulkWork.Kind.SETTING:
        return [f"{change['title']}: {change['was']} -> {change['now']}"]
    how = "" if change["is_at_once"] else " (in a draft)"
    if kind == BulkWork.Kind.PAGE:
        return [f"{change['title']}, below “{change['parent']}”, as {change['slug']}{how}"]
    return [
        f"{change['title']}{how}, {one['where']}: {one['before']}[{one['was']} -> {one['now']}]{one['after']}"
        for one in change["places"]
    ]
