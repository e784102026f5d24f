"""The screens on which a clinic is described: which fields, in the words of the models they end in."""

from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.text import capfirst

from clinicsite.clinics.models import ClinicGroup, ClinicSettings, SiteState
from clinicsite.library.models import StarterPack
from clinicsite.locations.models import LocationPage, PractitionerPage
from clinicsite.provisioning.columns import DAYS
from clinicsite.provisioning.spec.groups import look_of, pack_of
from clinicsite.provisioning.wizard.fields import GroupsField, like, text
from clinicsite.provisioning.wizard.form import StepForm
from clinicsite.provisioning.wizard.rows import people_in
from clinicsite.provisioning.wizard.zones import zone_field

#: Empty rows for people beside those that were typed.
ROWS_TO_SPARE = 2
#: What a day of the week without hours is.
NO_HOURS = "closed"


class ClinicStep(StepForm):
    heading = "The clinic"
    lead = "What it is called and where it is on the web."
    scripts = ("clinicsite/js/admin/new-clinic-host.js", "clinicsite/js/admin/new-clinic-zone.js")

    def columns(self):
        yield "name", like(ClinicSettings, "name", needed=True, help_text="As patients know the clinic.")
        host = text("Web address", "The name of the host alone, such as lakeside.example.", needed=True)
        host.widget.attrs |= {"data-clinicsite-host-of": "id_name", "data-clinicsite-host-ending": ending()}
        yield "host", host
        yield (
            "hosts",
            text(
                "Other web addresses",
                "Hosts that lead there, such as www.lakeside.example; with a semicolon between.",
            ),
        )
        yield "kind", like(ClinicSettings, "kind")
        licensed = like(ClinicSettings, "jurisdiction", label="Licensed in", needed=True)
        licensed.choices, licensed.initial = [("", "Choose …"), *licensed.choices], ""
        yield "jurisdiction", licensed
        yield "time_zone", zone_field(self.typed.get("time_zone", ""))
        yield "email", like(ClinicSettings, "email", needed=True, widget=forms.EmailInput)
        yield "booking_url", like(ClinicSettings, "booking_url", required=False)
        yield "tagline", like(ClinicSettings, "tagline")
        if names := list(ClinicGroup.objects.values_list("name", flat=True)):
            yield (
                "groups",
                GroupsField(
                    label="Groups",
                    choices=[(name, name) for name in names],
                    help_text="Their look and starter pack are what the next screens begin with.",
                    required=False,
                ),
            )


class LookStep(StepForm):
    heading = "The look"
    lead = "Two colours, a pair of fonts and a mood; the owner can change all of it later."
    scripts = ("clinicsite/js/admin/new-clinic-look.js",)
    template = "clinicsite/provisioning/admin/look.html"

    def columns(self):
        look = look_of(self.chosen_groups)
        for column, field in self._columns():
            field.initial = look.get(column.removeprefix("brand."), field.initial)
            yield column, field

    def _columns(self):
        for column, name in (("brand.primary", "brand_primary"), ("brand.accent", "brand_accent")):
            colour = like(ClinicSettings, name)
            colour.initial = ClinicSettings._meta.get_field(name).default
            colour.widget.attrs |= {"data-clinicsite-colour": name}
            yield column, colour
        yield "brand.fonts", like(ClinicSettings, "font_pair")
        yield "brand.mood", like(ClinicSettings, "mood", widget=forms.RadioSelect)
        yield "brand.opening", like(ClinicSettings, "opening", widget=forms.RadioSelect)


class PlaceStep(StepForm):
    heading = "The first location"
    lead = "Where patients come. More locations can be added afterwards."
    groups: ClassVar = {"Where it is": "street", "Phone": "phone", "Hours": "monday", "Arriving": "parking"}

    def columns(self):
        yield "location", text("Name", "What patients call it, such as Lakeside or Downtown.", needed=True)
        for name in ("street", "city"):
            yield name, like(LocationPage, name, needed=True)
        region = like(LocationPage, "region")
        region.help_text = "Such as ON; empty is where the clinic is licensed."
        region.required = False
        yield "region", region
        yield "postal_code", like(LocationPage, "postal_code", needed=True)
        yield (
            "phone",
            text(
                "Phone for appointments",
                "With area code, such as 416 555 0123 or 416 555 0123 ext. 204.",
                needed=True,
            ),
        )
        for day in DAYS:
            yield day, text(capfirst(day), widget=forms.TextInput(attrs={"placeholder": NO_HOURS}))
        yield "parking", like(LocationPage, "parking")
        yield (
            "access",
            text(
                "Getting in",
                "Steps, ramps, lifts, doors and washrooms.",
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        )


#: What is asked of each person.
PERSON = ("name", "profession", "register_name", "registration_number")


class PeopleStep(StepForm):
    heading = "The team"
    lead = "Who treats patients. Leave it empty if you do not know yet; people can be added at any time."
    template = "clinicsite/provisioning/admin/people.html"

    def columns(self):
        for number in range(len(people_in(self._all_typed())) + ROWS_TO_SPARE):
            here = f"people[{number}]"
            yield f"{here}.name", text("Name")
            yield f"{here}.profession", like(PractitionerPage, "profession", required=False)
            yield f"{here}.register_name", like(PractitionerPage, "register_name", required=False)
            yield f"{here}.registration_number", like(PractitionerPage, "registration_number", required=False)

    def clean(self):
        cleaned = super().clean()
        for number in range(len(self.fields) // len(PERSON)):
            said = {part: cleaned.get(f"people[{number}].{part}") for part in PERSON}
            if any(said.values()) and not said["name"] and f"people[{number}].name" not in self.errors:
                self.add_error(f"people[{number}].name", "Whose is this? Write the name, or empty the row.")
        return cleaned

    def _all_typed(self):
        sent = dict(self.data.items()) if self.is_bound else {}
        return self.typed | sent


class PagesStep(StepForm):
    heading = "The pages"
    lead = "Which of the library’s pages the clinic begins with. It can add and leave out any later."

    def columns(self):
        packs = [(pack.name, _pack_in_words(pack)) for pack in StarterPack.objects.order_by("name")]
        pack = forms.ChoiceField(
            label="Starter pack",
            choices=[*packs, ("", "None: the clinic begins without treatments and conditions")],
            widget=forms.RadioSelect,
            required=False,
        )
        pack.initial = pack_of(self.chosen_groups) or (packs[0][0] if packs else "")
        yield "pack", pack
        yield (
            "takes_new_pages",
            forms.BooleanField(
                label="New pages arrive by themselves",
                help_text="A page that the library adds to the pack appears on the clinic’s site.",
                required=False,
            ),
        )


class OwnerStep(StepForm):
    heading = "The owner"
    lead = "Who runs the site. They get a mail with a link to choose a password, which works once."

    def columns(self):
        yield "owner_first_name", text("First name", needed=True)
        yield "owner_last_name", text("Last name")
        yield "owner_email", text("E-mail", needed=True, widget=forms.EmailInput)
        state = like(ClinicSettings, "state", widget=forms.RadioSelect, label="When it is made, the site is")
        # Nothing that has never been open is closed for now.
        state.choices = [one for one in state.choices if one[0] != SiteState.SUSPENDED]
        state.help_text = (
            "A live site is opened only if no line of its launch checklist is open; otherwise it stays a "
            "draft, and “Launch” opens it later."
        )
        yield "state", state


@dataclass(frozen=True)
class Step:
    """A screen, by its place in the row of them."""

    name: str
    form_class: type[StepForm]

    @property
    def heading(self) -> str:
        return self.form_class.heading


STEPS = (
    Step("clinic", ClinicStep),
    Step("look", LookStep),
    Step("place", PlaceStep),
    Step("people", PeopleStep),
    Step("pages", PagesStep),
    Step("owner", OwnerStep),
)


def step_of(column: str) -> Step:
    """The screen on which a column is typed; the first for what is of the whole."""
    for start, form_class in (("locations", PlaceStep), ("people", PeopleStep), ("owner", OwnerStep)):
        if column.startswith(start):
            return next(step for step in STEPS if step.form_class is form_class)
    return next((step for step in STEPS if column in step.form_class({}).fields), STEPS[0])


def faults_by_step(faults, typed: dict[str, str]) -> list[tuple[Step, list[tuple[str, str]]]]:
    """What is wrong with all that was typed, by the screens in their order: [(step, [(label, sentence)])].

    Args:
        faults: (column, sentence), as `judge` finds them; the label of a column on no screen is empty.
    """
    found: dict[Step, list[tuple[str, str]]] = {step: [] for step in STEPS}
    for column, sentence in faults:
        step = step_of(column)
        field = step.form_class(typed).fields.get(column)
        found[step].append((str(field.label) if field else "", sentence))
    return [(step, said) for step, said in found.items() if said]


def ending() -> str:
    """What new hosts end in: the first name below which all are served, such as .clinics.example."""
    return next((host for host in settings.ALLOWED_HOSTS if host.startswith(".")), "")


def _pack_in_words(pack):
    return f"{pack.name}. {pack.description}" if pack.description else pack.name
