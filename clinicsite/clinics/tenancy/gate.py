"""The admin's addresses: one that is not for whoever asks is as if it did not exist."""

from django.apps import apps
from django.shortcuts import render
from wagtail.admin import urls as admin_urls
from wagtail.models import Page, Workflow
from wagtail.permissions import policy_registry

from clinicsite.clinics.tenancy.apart import meets
from clinicsite.clinics.tenancy.chosen import session_at_work
from clinicsite.clinics.tenancy.in_admin import is_in_admin
from clinicsite.clinics.tenancy.naming import is_file_met, is_key
from clinicsite.clinics.tenancy.scope import person_at_work, scope_at_work
from clinicsite.clinics.tenancy.surface import Kind, may_use, readers_may_send
from clinicsite.clinics.unreadable import refuse_incomplete, refuse_unreadable
from clinicsite.core import wagtail_private
from clinicsite.core.conf import conf
from clinicsite.core.models.pages import is_our_type
from clinicsite.core.permissions import let_read
from clinicsite.core.rendering import key_or_none

SAFE = ("GET", "HEAD", "OPTIONS")
#: Addresses that show what is in the editor, and ask for the grant to edit.
SHOWING_DRAFTS = {
    f"wagtailadmin_pages:{name}"
    for name in (
        "history",
        "history_results",
        "revisions_compare",
        "revisions_index",
        "revisions_view",
        "usage",
        "view_draft",
        "workflow_history",
        "workflow_history_detail",
    )
}
#: Addresses that stand for many things: the kind each is judged as, and what in the address names it.
NAMED_IN_ADDRESS = {
    "wagtail_bulk_action": (Kind.BULK_ACTION, ("app_label", "model_name", "action")),
    "wagtailsettings:edit": (Kind.SETTING, ("app_name", "model_name")),
    "wagtailsettings:preview_on_edit": (Kind.SETTING, ("app_name", "model_name")),
}
#: What a bulk action is sent in place of keys for all that a list has.
EVERYTHING = "all"
#: Addresses of somebody to whom the agency has closed the admin.
LEFT_OPEN = frozenset({"wagtailadmin_logout", "wagtailadmin_login", "account_logout", "clinicsite_mail_test"})
#: Screens of Wagtail's that ask for no permission: the window in which a workflow's tasks are chosen.
UNASKED = {
    f"wagtailadmin_workflows:{name}": Workflow
    for name in ("task_chooser", "task_chooser_results", "task_chooser_create", "task_chosen")
}


class AdminSurfaceMiddleware:
    """Stop people before any view runs that is not for them.

    Clinics' people get what was judged to be for them. People of the project around get everything but our
    screens, our pages and our page types.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = person_at_work.set(request.user)
        session = session_at_work.set(getattr(request, "session", None))
        try:
            return self.get_response(request)
        finally:
            person_at_work.reset(person)
            session_at_work.reset(session)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """None to go on, or what the admin answers where nothing is."""
        # Somebody who has not signed in is sent to do so by the views themselves, wherever the address leads.
        # Whose request it is, is asked in the admin alone: elsewhere it costs queries, and keeps caches out.
        if not is_in_admin(request):
            return None
        if request.user.is_anonymous:
            refuse_unreadable(request)
            return None
        if is_shut_out(request):
            return shut_out(request)
        can_be = all(is_key(model, key) for model, key in _keys_named(request))
        if not (can_be and may_use_address(request) and may_meet_what_it_names(request)):
            return _nothing_here(request)
        refuse_unreadable(request)
        return _let_readers_only_read(request)

    def process_exception(self, request, exception):
        """None, for a failure that is the server's own."""
        if is_in_admin(request):
            refuse_incomplete(exception)


def _keys_named(request):
    """(model, key) of what an address names by keys that no view looks at before it asks the database.

    PostgreSQL and SQLite fail where a number is too large for them, and Wagtail where it is none.
    """
    match = request.resolver_match
    page_ids, _types = wagtail_private.named_in_address(request)
    yield from ((Page, key) for key in page_ids)
    if match.view_name != "wagtail_bulk_action":
        return
    try:
        model = apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
    except LookupError:
        return
    yield from ((model, key) for key in request.GET.getlist("id") if key != EVERYTHING)


def is_shut_out(request) -> bool:
    """Whether the agency has closed the admin to the person, who may still sign out."""
    match = request.resolver_match
    if match.view_name in LEFT_OPEN:
        return False
    return scope_at_work(request.user).is_shut_out


def may_use_address(request) -> bool:
    """Whether the person may use the address that the request has been resolved to."""
    match = request.resolver_match
    if match.view_name in UNASKED and not _may_arrange(request.user, UNASKED[match.view_name]):
        return False
    names = [(Kind.ADDRESS, match.view_name)]
    if match.view_name in NAMED_IN_ADDRESS:
        kind, parts = NAMED_IN_ADDRESS[match.view_name]
        names.append((kind, ".".join(match.kwargs[part] for part in parts)))
    return may_use(request.user, names)


def _let_readers_only_read(request):
    """None, or nothing where an auditor sends what would change something. What is sent costs one query."""
    match = request.resolver_match
    if request.method in SAFE:
        let_read(request.user, drafts=match.view_name in SHOWING_DRAFTS)
    elif not readers_may_send(match.view_name) and scope_at_work(request.user).only_reads:
        return _nothing_here(request)
    return None


def _may_arrange(user, model):
    return policy_registry.get_by_type(model).user_has_any_permission(user, ("add", "change"))


def may_meet_what_it_names(request) -> bool:
    """Whether what an address of Wagtail's names by its key, or a type of page, is there for them.

    What there is not is refused here too: Wagtail's screens would answer each in their own way, and so tell
    it from what somebody may not meet.
    """
    page_ids, types = wagtail_private.named_in_address(request)
    row, files = wagtail_private.row_in_address(request), wagtail_private.files_in_address(request)
    page_ids = [*page_ids, *wagtail_private.pages_taken_unasked(request)]
    if not (page_ids or types or row or files):
        return True
    scope = scope_at_work(request.user)
    if scope.is_everything:
        return True
    if scope.is_projects and any(is_our_type(*named) for named in types):
        return False
    if row and not meets(request.user, *row):
        return False
    return _may_meet_pages(request, page_ids, scope) and _may_meet_files(request.user, files)


def _may_meet_pages(request, page_ids, scope):
    if not page_ids:
        return True
    keys = {key_or_none(one) for one in page_ids}
    if None in keys:
        return False
    paths = Page.objects.filter(pk__in=keys).values_list("path", flat=True)
    if len(paths) < len(keys) or not all(scope.may_meet(path) for path in paths):
        return False
    page_id = str(page_ids[0])
    parts = wagtail_private.parts_of_pages_in_address(request)
    return all(rows.filter(**{place: page_id}).exists() for rows, place in parts)


def _may_meet_files(user, files):
    return all(is_file_met(user, model, key) for model, key in files)


def shut_out(request):
    """403: the sites of all one's clinics are suspended, and the agency has closed the admin as well."""
    context = {"agency_name": conf.AGENCY_NAME or "the agency"}
    return render(request, "clinicsite/clinics/admin/shut_out.html", context, status=403)


def _nothing_here(request):
    # Wagtail's last address catches all that no other does. Its view gives the same answer, to the letter.
    return admin_urls.urlpatterns[-1].callback(request)
