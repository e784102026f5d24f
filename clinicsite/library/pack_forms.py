"""The form of a starter pack: pages that clinics can follow alone; and the count of its versions."""

from clinicsite.core.stale_saves import AdminModelForm

NOT_TO_FOLLOW = "Choose a treatment, a condition or a post of the library. Clinics cannot follow this page."


class StarterPackForm(AdminModelForm):
    """Refuse what no clinic could follow, at its row."""

    def is_valid(self):
        valid = super().is_valid()
        for form in self._rows():
            page = form.cleaned_data.get("page")
            if page is not None and not _can_be_followed(page):
                form.add_error("page", NOT_TO_FOLLOW)
                valid = False
        return valid

    def _rows(self):
        formset = self.formsets.get("rows")
        forms = formset.forms if formset is not None else []
        return [form for form in forms if not getattr(form, "cleaned_data", {"DELETE": True}).get("DELETE")]

    def save(self, commit=True):
        pack = self.instance
        if pack.pk is not None and "rows" in self.formsets and self.formsets["rows"].has_changed():
            pack.version += 1
        return super().save(commit)


def _can_be_followed(page):
    specific = page.specific
    return getattr(specific, "is_library_page", False) and not specific.is_included
