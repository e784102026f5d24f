"""Which pages an editor may choose on a page that can follow the library, in its form and the rows below."""

from collections.abc import Iterator

from django.db.models import Q
from django.forms import BaseForm, Field, ModelChoiceField, ModelMultipleChoiceField
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from clinicsite.library.tree import library_paths

NOT_OFFERED = "Choose a page of this site, or one that the library has published."


class OwnPageChooser(AdminPageChooser):
    """Names what has been chosen only where it might have been: a page of another clinic shows as none."""

    def __init__(self, chooser: AdminPageChooser, pages):
        options = {"target_models": chooser.target_models, "can_choose_root": chooser.can_choose_root}
        super().__init__(**options, user_perms=chooser.user_perms, attrs=chooser.attrs)
        self.is_required = chooser.is_required
        self.pages = pages

    def get_instance(self, value):
        page = super().get_instance(value)
        is_own = page is not None and self.pages.filter(pk=page.pk).exists()
        return page if is_own else None


def limit_choosers(form, root: Page, refusal: str = NOT_OFFERED) -> None:
    """Let the choosers of a form take and name pages of one tree, and live pages of the library.

    `refusal` is what somebody reads who sends another page.
    """
    rows = (row for formset in form.formsets.values() for row in formset.forms)
    for one in (form, *rows):
        for name, field in _choosers_of(one):
            field.queryset = field.queryset.filter(_within(root, one.initial.get(name)))
            field.error_messages["invalid_choice"] = refusal
            if isinstance(field.widget, AdminPageChooser):
                field.widget = OwnPageChooser(field.widget, field.queryset)


def _within(root, chosen):
    """Pages of this tree, live pages of the library, and the one of the library that is chosen already."""
    allowed = Q(path__startswith=root.path)
    for path in library_paths():
        allowed |= Q(path__startswith=path) & (Q(live=True) | Q(pk=chosen))
    return allowed


def _choosers_of(form: BaseForm) -> Iterator[tuple[str, Field]]:
    for name, field in form.fields.items():
        is_single = isinstance(field, ModelChoiceField) and not isinstance(field, ModelMultipleChoiceField)
        # The page's own clean() says what is wrong with a library page.
        if is_single and name != "library_page" and issubclass(field.queryset.model, Page):
            yield name, field
