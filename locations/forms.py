from django.core.exceptions import ValidationError

from clinicsite.core import wagtail_private
from clinicsite.core.forms import SameTreePageForm
from clinicsite.locations.consistency import RELATIONS, find_problems


class LocationPageForm(SameTreePageForm):
    """Refuse hours that contradict each other, and more than one main phone, at the row concerned."""

    def is_valid(self):
        valid = super().is_valid()
        if not valid or wagtail_private.is_saved_as_draft(self):
            return valid
        forms = {name: self._filled(name) for name in RELATIONS}
        problems = find_problems(**{name: [form.instance for form in forms[name]] for name in forms})
        for problem in problems:
            form = next(form for form in forms[problem.relation] if form.instance is problem.row)
            form.add_error(problem.field, ValidationError(problem.message))
        return not problems

    def _filled(self, name):
        formset = self.formsets.get(name)
        if formset is None:
            return []
        return [
            form for form in formset.forms if form.has_changed() or form.instance.pk if not _is_deleted(form)
        ]


def _is_deleted(form):
    return getattr(form, "cleaned_data", {}).get("DELETE", False)
