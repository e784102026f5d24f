"""Forms every page type's editor stands on."""

from django.forms import ModelMultipleChoiceField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, Site

from clinicsite.core import site_roots


class SameTreePageForm(WagtailAdminPageForm):
    """Offer, in every list of pages to tick, only pages of the same clinic (or of the library)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        root = tree_root(self.parent_page or self.instance)
        for field in self.fields.values():
            if isinstance(field, ModelMultipleChoiceField) and issubclass(field.queryset.model, Page):
                field.queryset = field.queryset.descendant_of(root).order_by("title")


def tree_root(page):
    """The top of the tree a page belongs to: its clinic's home page, or the library."""
    parts = site_roots.url_parts(page.url_path) if page.url_path else None
    if parts is not None:
        return Site.objects.select_related("root_page").get(pk=parts[0]).root_page
    return Page.objects.ancestor_of(page, inclusive=True).filter(depth__lte=2).order_by("-depth").first()
