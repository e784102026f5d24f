"""Screens of Wagtail's that name things by key without asking whose they are, narrowed once at start.

Read in Wagtail 8.0.1: a bulk action names what somebody may not act on, whatever its key; the admin's API
lists every picture and document; sites, redirects and workflows are listed for whoever may edit one; the form
for a page's visibility offers every group, those for redirects every site, and that for a copy any page; a
download as CSV leaves formulas as they are.

Whoever saves such a form changes nothing that it has not shown: what was chosen before outside of it stays.
"""

from django.db.models import Q
from django.forms import ModelMultipleChoiceField
from django.http import Http404
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.forms.view_restrictions import BaseViewRestrictionForm
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.forms import ConfirmImportForm, RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from clinicsite.clinics.tenancy.apart import CONDITIONS, met_by
from clinicsite.clinics.tenancy.collections import collection_ids, meets_none
from clinicsite.clinics.tenancy.scope import clinic_sites, person_at_work, scope_at_work
from clinicsite.core.spreadsheets import as_words
from clinicsite.core.wagtail_private import file_lists_of_the_admins_api

#: What gives somebody a picture or document to see.
ANY_USE = ("add", "change", "delete", "choose")
ALSO_CHOSEN = "{count} more {names}, which you do not look after, {are} chosen too and {stay} so."


def narrow() -> None:
    """Put the rule round Wagtail's own ways."""
    BulkAction.get_actionable_objects = _naming_only_what_is_met(BulkAction.get_actionable_objects)
    for viewset in file_lists_of_the_admins_api():
        viewset.get_queryset = _listing_none_of_ours(viewset.get_queryset)
    BaseListingView.get_base_queryset = _listing_what_is_met(BaseListingView.get_base_queryset)
    for form in (BaseViewRestrictionForm, RedirectForm, ConfirmImportForm, CopyForm):
        form.__init__ = _offering_what_is_met(form.__init__)
    SpreadsheetExportMixin.preprocess_field_value = _as_words(SpreadsheetExportMixin.preprocess_field_value)
    Redirect.get_for_site = staticmethod(_leading_from_the_own_host(Redirect.get_for_site))


def _as_words(preprocess_field_value):
    """A download's own way to a cell, but that no clinic's title runs as a formula at the agency's.

    Excel's own format says of a cell that it is text. The project's people get their downloads as ever.
    """

    def preprocess_to_words(view, field, value, export_format):
        found = preprocess_field_value(view, field, value, export_format)
        is_open = export_format == SpreadsheetExportMixin.FORMAT_CSV and isinstance(found, str)
        if not is_open or scope_at_work(view.request.user).is_projects:
            return found
        return found if found.startswith("'") else as_words(found)

    return preprocess_to_words


def _leading_from_the_own_host(get_for_site):
    """The redirects of a host: of one without a site all there are, but none of a clinic's."""

    def get_own_redirects(site=None):
        found = get_for_site(site)
        return found if site else found.exclude(site__in=clinic_sites())

    return get_own_redirects


def _naming_only_what_is_met(get_actionable_objects):
    """A bulk action's own way to what it is for: what somebody does not meet is as if it did not exist."""

    def get_met_objects(action):
        objects, others = get_actionable_objects(action)
        refused = others["items_with_no_access"]
        others["items_with_no_access"] = _met(action.request.user, refused)
        if refused and not objects and not others["items_with_no_access"]:
            raise Http404
        return objects, others

    return get_met_objects


def _listing_what_is_met(get_base_queryset):
    """A list's own rows, such as sites, redirects and workflows, without those of the other side."""

    def get_met_queryset(view):
        rows = get_base_queryset(view)
        return met_by(view.request.user, rows) if getattr(rows, "model", None) in CONDITIONS else rows

    return get_met_queryset


def _offering_what_is_met(prepare):
    """A form whose fields offer, and take, what the person at work meets: groups, sites and pages."""

    def prepare_narrowed(form, *args, **kwargs):
        prepare(form, *args, **kwargs)
        user = person_at_work.get()
        if user is None or user.is_superuser:
            return
        for name, field in form.fields.items():
            if getattr(field, "queryset", None) is not None:
                _narrow(field, user, _chosen_before(form, name, field))

    return prepare_narrowed


def _chosen_before(form, name, field):
    """The rows that a form's field stands for as they are stored: of a list all, else the one; or none."""
    instance = getattr(form, "instance", None)
    if instance is None or instance.pk is None:
        return field.queryset.none()
    if isinstance(field, ModelMultipleChoiceField):
        return getattr(instance, name).all()
    return field.queryset.filter(pk=getattr(instance, f"{name}_id"))


def _narrow(field, user, chosen):
    """Offer what is met. What is chosen already stays: in a list unseen, else as one choice more."""
    every = field.queryset
    if every.model is Page:
        met = policy_registry.get_by_type(Page).explorable_instances(user)
    else:
        met = met_by(user, every)
    keys = [row.pk for row in chosen.exclude(pk__in=met.values("pk"))]
    if not keys:
        field.queryset = met
    elif isinstance(field, ModelMultipleChoiceField):
        field.queryset = met
        field.clean = _with_rows(field.clean, every, keys)
        field.help_text = f"{field.help_text} {_words_on(every.model, len(keys))}".strip()
    else:
        field.queryset = every.filter(Q(pk__in=met.values("pk")) | Q(pk__in=keys))


def _with_rows(clean, every, keys):
    """A list's own way to read what was chosen, and these rows with it."""

    def clean_all(value):
        return every.filter(Q(pk__in=[row.pk for row in clean(value)]) | Q(pk__in=keys))

    return clean_all


def _words_on(model, count):
    names = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    verbs = {"are": "is", "stay": "stays"} if count == 1 else {"are": "are", "stay": "stay"}
    return ALSO_CHOSEN.format(count=count, names=names, **verbs)


def _listing_none_of_ours(get_queryset):
    """A list of the admin's API: people of the project around get no picture or document of a clinic."""

    def get_narrowed_queryset(viewset):
        found = get_queryset(viewset)
        return found.exclude(collection__in=collection_ids()) if meets_none(viewset.request.user) else found

    return get_narrowed_queryset


def _met(user, items):
    if user.is_superuser or not items:
        return items
    met = _keys_met(user, type(items[0]), [item.pk for item in items])
    return [item for item in items if item.pk in met]


def _keys_met(user, model, keys):
    """Which of these somebody can come across elsewhere in the admin."""
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        seen = policy_registry.get_by_type(Page).explorable_instances(user)
    elif model in (get_image_model(), get_document_model()):
        seen = policy.instances_user_has_any_permission_for(user, ANY_USE)
    else:
        return set(keys)
    return set(seen.filter(pk__in=keys).values_list("pk", flat=True))
