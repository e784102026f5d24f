"""Wagtail's own forms for what is ours refuse to write over what somebody has saved since they were opened.

The project around the clinics keeps the forms it has for its own sites, redirects, groups and the like.
"""

from functools import cache

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseModelForm
from django.utils.text import capfirst
from wagtail.admin.views.generic import EditView
from wagtail.models import Collection, RevisionMixin, Workflow

from clinicsite.clinics.tenancy.apart import is_ours
from clinicsite.core import wagtail_private
from clinicsite.core.stale_saves import Beside, RefusesStaleSaves, in_words

#: Wagtail's screen for a group draws each field by itself, and so needs to be told of the mark.
GROUP_TEMPLATE = "clinicsite/clinics/admin/edit_group.html"


def install() -> None:
    """Put the refusal into Wagtail's screens."""
    wagtail_private.choose_form_of_edits(EditView, form_for)


def form_for(view, form_class: type) -> type:
    """The form of a screen of Wagtail's that edits `view.object`: the screen's own, or that with the refusal.

    What has versions has an editor that warns by itself.
    """
    row = view.object
    is_theirs = isinstance(row, RevisionMixin) or not issubclass(form_class, BaseModelForm)
    if is_theirs or issubclass(form_class, RefusesStaleSaves) or not is_ours(row):
        return form_class
    if isinstance(row, Group):
        view.template_name = GROUP_TEMPLATE
    beside = _beside(view)
    told = {"beside": beside, "for_user": view.request.user}
    return type(f"{form_class.__name__}OfThis", (_refusing(form_class),), told)


@cache
def _refusing(form_class):
    return type(f"Refusing{form_class.__name__}", (RefusesStaleSaves, form_class), {})


def _beside(view):
    """What the screen saves beside its form, by name."""
    if isinstance(view.object, Collection):
        return {"parent": ParentBeside()}
    if isinstance(view.object, Group):
        return {panel.prefix: GrantsBeside(view, panel) for panel in view.permission_panel_forms}
    if isinstance(view.object, Workflow) and view.object.active:
        return _used_by(view)
    return {}


class ParentBeside(Beside):
    """The collection that another lies in."""

    label = "Parent"

    def stored(self, form):
        return str(form.instance.get_parent())

    def typed(self, form):
        return str(form.cleaned_data.get("parent") or form.instance.get_parent())

    def leave(self, form):
        form.cleaned_data["parent"] = form.instance.get_parent()


class FormsBeside(Beside):
    """Rows of choices in forms of their own, which the view saves after the form itself.

    `sent` is the form, or set of forms, as the view will save it, and `opened` makes one of what is stored.
    """

    def __init__(self, label, sent, opened):
        self.label, self.sent, self.opened = label, sent, opened

    def stored(self, form):
        return _text_of(self.opened())

    def typed(self, form):
        return _text_of(self.sent)

    def leave(self, form):
        self.sent.save = lambda: None


class GrantsBeside(FormsBeside):
    """What a group may do with some pages, collections or settings."""

    def __init__(self, view, panel):
        kind = getattr(panel, "settings_model", None)
        label = f"{kind._meta.verbose_name} permissions" if kind else panel.prefix.replace("_", " ")
        super().__init__(capfirst(label), panel, lambda: type(panel)(instance=view.object))


def _used_by(view):
    """The pages and the types of snippet that a workflow is for."""
    pages, types = view.get_pages_formset(), view.get_content_type_form()
    # The view asks for each again to check and to save it, and must get the one that may be told to stay.
    view.get_pages_formset, view.get_content_type_form = lambda: pages, lambda: types
    return {
        "pages": FormsBeside("Pages", pages, lambda: type(pages)(instance=view.object, prefix="pages")),
        "content_types": FormsBeside("Snippets", types, lambda: type(types)(workflow=view.object)),
    }


def _text_of(panel):
    """What is chosen in a form or a set of forms, as it was sent or as it is stored."""
    rows = [_text_of_row(form) for form in getattr(panel, "forms", [panel])]
    return "; ".join(sorted(filter(None, rows)))


def _text_of_row(form):
    if "DELETE" in form.fields and form["DELETE"].value():
        return ""
    chosen = [_chosen(form, name) for name in form.fields if name != "id"]
    return ": ".join(filter(None, chosen))


def _chosen(form, name):
    """The names of the rows that a field of choices stands for; empty for another field."""
    field = form.fields[name]
    if getattr(field, "queryset", None) is None or not (value := form[name].value()):
        return ""
    try:
        found = field.clean(value)
    except ValidationError:
        # The form refuses it by itself; here it is only not the same as what is stored.
        return str(value)
    return in_words([found] if isinstance(found, Model) else found)
