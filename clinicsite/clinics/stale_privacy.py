"""Wagtail's windows for who may see a page or a collection refuse to write over what somebody has saved.

What is compared is one fact, "who may see it", for which there is no row while everybody may. Wagtail's
template draws each field by itself, so that the mark goes with the first and the refusal is said there.
"""

from functools import cache

from django import forms
from django.utils.html import format_html
from wagtail.admin.views import collection_privacy
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Page
from wagtail.models.view_restrictions import BaseViewRestriction

from clinicsite.clinics.tenancy.apart import is_ours
from clinicsite.core import wagtail_private
from clinicsite.core.models.pages import is_of_ours
from clinicsite.core.stale_saves import OPENED, Beside, RefusesStaleSaves, in_words

KIND, PASSWORD, GROUPS = "restriction_type", "password", "groups"


def install() -> None:
    """Put the refusal into both windows."""
    wagtail_private.choose_forms_of_privacy(SetPrivacyView, collection_privacy, form_for)


def form_for(place, request, form_class: type) -> type:
    """The form of a window on a page or a collection: Wagtail's own; for what is ours, with the refusal."""
    if not _is_of_ours(place):
        return form_class
    told = {"place": place, "for_user": request.user if request else None}
    return type(f"{form_class.__name__}OfThis", (_refusing(form_class),), told)


def _is_of_ours(place):
    return is_of_ours(place) if isinstance(place, Page) else is_ours(place)


@cache
def _refusing(form_class):
    return type(f"Refusing{form_class.__name__}", (RefusesStaleVisibility, form_class), {})


class RadiosWithMark(forms.RadioSelect):
    """The choices of a form, and after them the mark of what was stored when it was opened."""

    def __init__(self, form):
        super().__init__(choices=form.fields[KIND].choices)
        self.form = form

    def render(self, name, value, attrs=None, renderer=None):
        """As ever, with the hidden field."""
        return format_html("{}{}", super().render(name, value, attrs, renderer), self.form[OPENED])


class WhoMaySee(Beside):
    """Everybody, or those who sign in, know a password or are in some groups."""

    label = "Visibility"

    def stored(self, form):
        """The visibility that the form was opened on: no row is a visibility too."""
        row = form.instance
        if row.pk is None:
            return _told(BaseViewRestriction.NONE)
        return _told(row.restriction_type, row.password, _offered(form, row.groups.all()))

    def typed(self, form):
        """What was chosen, as far as the form could read it."""
        read = form.cleaned_data
        kind = read.get(KIND) or form[KIND].value() or ""
        return _told(kind, form[PASSWORD].value() if PASSWORD in form.fields else "", _groups_typed(form))

    def leave(self, form):
        """Have the row stay as it is, or stay away."""
        row = form.instance
        there = row.pk is not None
        form.cleaned_data[KIND] = row.restriction_type if there else BaseViewRestriction.NONE
        form.cleaned_data[PASSWORD] = row.password
        form.cleaned_data[GROUPS] = row.groups.all() if there else []


class RefusesStaleVisibility(RefusesStaleSaves):
    """Mixed into Wagtail's form for a visibility; `place` is the page or the collection that it is for."""

    not_compared = (KIND, PASSWORD, GROUPS)
    beside = {"visibility": WhoMaySee()}
    said_at = KIND
    place = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[KIND].widget = RadiosWithMark(self)

    @property
    def is_of_something(self):
        """Always: that everybody may see a place is stored as no row at all."""
        return True

    @property
    def has_history(self):
        """The page or the collection, by which Wagtail notes it."""
        return self.place


def _told(kind, password="", groups=""):
    label = str(dict(BaseViewRestriction.RESTRICTION_CHOICES).get(kind, kind))
    more = {BaseViewRestriction.PASSWORD: password, BaseViewRestriction.GROUPS: groups}.get(kind, "")
    return f"{label}: {more}" if more else label


def _offered(form, groups):
    """Names of groups, of those that the form offers: the rest is not saved by it either."""
    return in_words(groups.filter(pk__in=form.fields[GROUPS].queryset.values("pk")))


def _groups_typed(form):
    if GROUPS in form.cleaned_data:
        return _offered(form, form.cleaned_data[GROUPS]) if form.cleaned_data[GROUPS] else ""
    keys = [key for key in form[GROUPS].value() or [] if str(key).isdecimal()]
    return in_words(form.fields[GROUPS].queryset.filter(pk__in=keys))
