"""Another phone number, in every place that shows it."""

from clinicsite.core.phones import parsed
from clinicsite.home.desk import undoing
from clinicsite.home.desk.changing import RefusedError, change_at_once
from clinicsite.home.desk.forms import PhoneForm
from clinicsite.home.desk.task import PlaceTask
from clinicsite.locations.phones import phones_of


class PhoneView(PlaceTask):
    """Another phone number."""

    page_title = "A phone number"
    header_icon = "mobile-alt"
    form_class = PhoneForm

    def state(self):
        return [(row.label, str(row.number)) for row in self.place.phones.all()]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"phones": phones_of(self.place.phones.all())}

    def reads(self, form):
        return f"{self.place.title}: {form.cleaned_data['number'].text}"

    def do(self, form):
        label, _space, old = form.cleaned_data["which"].partition(" ")
        new = str(form.cleaned_data["number"])
        page = change_number(self.place.pk, self.request.user, label, old, new)
        said = f"{page.title}: patients call {parsed(new).text} instead of {parsed(old).text}."
        undoing.note(self.request, "phone", said, place=page.pk, label=label, before=old, after=new)
        return said


def change_number(place_id: int, user, label: str, old: str, new: str):
    """Put a number of a place in another's place, and give the place as patients read it now."""

    def check(page):
        if not _rows(page, label, old):
            raise RefusedError("That number has been changed since, so it stays as it is.")
        if any(str(row.number) == new for row in page.phones.all()):
            raise RefusedError("That number is there already.")

    def change(page):
        for row in _rows(page, label, old):
            row.number = new
            page.phones.add(row)

    return change_at_once(place_id, user, change, check=check)


def take_back(request, entry) -> None:
    """Put the old number back, if the new one still stands."""
    change_number(entry["place"], request.user, entry["label"], entry["after"], entry["before"])


def _rows(page, label, number):
    return [row for row in page.phones.all() if (row.label, str(row.number)) == (label, number)]
