from clinicsite.core import wagtail_private
from clinicsite.core.forms import BasePageForm
from clinicsite.library.page_choices import limit_choosers

OF_ANOTHER = "Choose one of your own pages. This one is not part of this clinic’s site."


class HomePageForm(BasePageForm):
    """Refuse to feature, or to suggest in the search, a page that is not the clinic's, and to name it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.path:
            limit_choosers(self, self.instance, OF_ANOTHER)

    def is_valid(self):
        valid = super().is_valid()
        if not valid or wagtail_private.is_saved_as_draft(self):
            return valid
        # Each is looked at, so that every wrong row is marked.
        owned = [self._is_own(form) for form in self._suggestions()]
        return all(owned)

    def _suggestions(self):
        formset = self.formsets.get("suggested_results")
        return [] if formset is None else [form for form in formset.forms if form.instance.page_id]

    def _is_own(self, form):
        if form.cleaned_data.get("DELETE") or self._holds(form.instance.page):
            return True
        form.add_error("page", OF_ANOTHER)
        return False

    def _holds(self, page):
        return bool(self.instance.path) and page.path.startswith(self.instance.path)
