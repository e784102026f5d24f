from django.core.exceptions import ValidationError

from clinicsite.core.forms import SameTreePageForm
from locations.hours import find_overlaps, find_special_day_overlaps
from locations.schedules import interval_of, special_days_of


class LocationPageForm(SameTreePageForm):
    """Refuse hours that contradict each other, and more than one main phone, at the row concerned."""

    def is_valid(self):
        valid = super().is_valid()
        if not valid or self.is_deferred_validation:
            return valid
        checks = [
            self._find_overlapping_hours(),
            self._find_overlapping_special_hours(),
            self._find_second_main_phone(),
        ]
        return not any(checks)

    def _find_overlapping_hours(self):
        rows = {}
        for form in self._filled("opening_hours"):
            if rows.setdefault(interval_of(form.instance), form) is not form:
                return self._refuse(form, "opens", "These hours are there twice. Remove one row.")
        for one, other in find_overlaps(rows):
            message = f"This overlaps with {one.describe()}. Make one end before the other begins."
            return self._refuse(rows[other], "opens", message)
        return False

    def _find_overlapping_special_hours(self):
        rows = []
        for form in self._filled("special_hours"):
            rows.append(form.instance)
            clash = _special_clash(rows)
            if clash:
                return self._refuse(form, "first_date", f"These special hours overlap: {clash}.")
        return False

    def _find_second_main_phone(self):
        main = [form for form in self._filled("phones") if form.cleaned_data.get("is_primary")]
        if len(main) > 1:
            return self._refuse(
                main[-1], "is_primary", "Only one number can be the main one. Untick the others."
            )
        return False

    def _filled(self, name):
        formset = self.formsets.get(name)
        if formset is None:
            return []
        return [
            form for form in formset.forms if form.has_changed() or form.instance.pk if not _is_deleted(form)
        ]

    def _refuse(self, form, field, message):
        form.add_error(field, ValidationError(message))
        return True


def _special_clash(rows):
    """The names of special hours that contradict each other; nothing where none do."""
    days = list(special_days_of(rows))
    clashes = [day.name for day in days if day.find_overlaps()]
    clashes += [f"{one.name} and {other.name}" for one, other in find_special_day_overlaps(days)]
    open_days = {(row.first_date, row.last_date, row.name) for row in rows if not row.is_closed}
    clashes += [
        row.name for row in rows if row.is_closed and (row.first_date, row.last_date, row.name) in open_days
    ]
    return next(iter(clashes), "")


def _is_deleted(form):
    return getattr(form, "cleaned_data", {}).get("DELETE", False)
