"""Forms every page type's editor stands on."""

from django.forms import ModelMultipleChoiceField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from clinicsite.core.site_roots import tree_root


class SameTreePageForm(WagtailAdminPageForm):
    """Offer, in every list of pages to tick, only pages of the same clinic (or of the library)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        root = tree_root(self.parent_page or self.instance)
        for field in self.fields.values():
            if isinstance(field, ModelMultipleChoiceField) and issubclass(field.queryset.model, Page):
                field.queryset = field.queryset.descendant_of(root).order_by("title")
