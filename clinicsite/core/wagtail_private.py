"""Everything we lean on that no release of Wagtail, Django or their libraries promises to keep.

An upgrade is this file and its tests to read. Each function says in which release it was read and what would
go wrong without it; each has a test that fails where the release at hand behaves otherwise.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import partial, wraps
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import QuerySet
from django.http import Http404
from PIL import Image
from wagtail.admin import compare
from wagtail.admin.action_menu import (
    PageActionMenu,
    PublishMenuItem,
    SaveDraftMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.forms.choosers import URLOrAbsolutePathField
from wagtail.admin.views.generic.chooser import CreateViewMixin
from wagtail.blocks import ChooserBlock, StreamBlock, StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Page,
    ReferenceIndex,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.models.workflows import BaseTaskStateManager
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, MultiRuleRewriter
from wagtail.search.models import IndexEntry
from wagtail.users.models import UserProfile

#: Namespace of addresses in Wagtail 8.0.1 -> the model whose keys they hold.
KEYED_BY_ADDRESS = {
    "wagtailsites": Site,
    "wagtailredirects": Redirect,
    "wagtailadmin_workflows": Workflow,
    "wagtailusers_groups": Group,
    "wagtailsettings": Site,
}

# Requests


def keep_site(request, site: Site | None) -> None:
    """Have Wagtail take this for the site of a request, without a search of its own; None for no site.

    `Site.find_for_request` in Wagtail 8.0.1. Without it Wagtail looks the host up again and falls back to the
    default site, so that one clinic would answer for a host of nobody.
    """
    request._wagtail_site = site


def site_kept(request) -> Site | None:
    """The site that has been kept for a request; None where none was, or there is no request.

    Wagtail 8.0.1. Without it a page's address on its own clinic would be a full one.
    """
    return getattr(request, "_wagtail_site", None)


def keep_route(request, found) -> None:
    """Have Wagtail's view serve this route, a `RouteResult`, or answer 404 for None.

    `AbstractPage.route_for_request` in Wagtail 8.0.1. Without it Wagtail finds each page again with two
    queries for each part of its path.
    """
    request._wagtail_route_for_request = found


def serve_pattern() -> str:
    """The pattern of all paths that may be a page's, with the group `path`.

    `wagtail.urls` in Wagtail 8.0.1. Without it pages would answer at other addresses than `reverse` gives.
    """
    # Our models load this module, and Wagtail's addresses need the model of users to be there.
    from wagtail.urls import serve_pattern as pattern

    return pattern


def raw_host_of(request) -> str:
    """The host that a request names, port and all, whether we serve it or not.

    `HttpRequest._get_raw_host` in Django 5.2. The public `get_host` raises for a host that no setting allows,
    and we answer each with a plain 404.
    """
    return request._get_raw_host()


# The tree


def keep_parent(page: Page, parent: Page) -> None:
    """Spare a page the query for its parent.

    `MP_Node.get_parent` in django-treebeard 5.3. Without it a publish reads the parent once more.
    """
    page._cached_parent_obj = parent


def parent_kept(page: Page) -> Page | None:
    """The parent that has been kept for a page, or that it has asked for already; costs no query.

    django-treebeard 5.3 keeps it under this name. Without it each page of a list asks for its parent again.
    """
    return vars(page).get("_cached_parent_obj")


def path_of_child(parent: Page, number: int) -> str:
    """The path in the tree of a page's child, its children being counted from 1.

    `MP_Node._get_path` in django-treebeard 5.3. Without it a page that is only shown as if it stood there has
    no ancestors.
    """
    return Page._get_path(parent.path, parent.depth + 1, number)


def is_slug_free(slug: str, parent: Page, page: Page | None = None) -> bool:
    """Whether no other child of a page has a slug.

    `AbstractPage._slug_is_available` in Wagtail 8.0.1, which `BasePage` overrides: Wagtail asks it for a free
    slug when it makes one from a title. Without it a page could get an address that is none of a page's.
    """
    return Page._slug_is_available(slug, parent, page)


# Publishing

#: How `publish_scheduled` in Wagtail 8.0.1 names itself to `Page.publish`. Without it a draft that is not fit
#: to go live would stop the command, and with it every page due after it.
SCHEDULED = "wagtail.publish.scheduled"


def is_taken_off_schedule(revision, update_fields) -> bool:
    """Whether saving these fields of a revision ends its schedule; `update_fields` as `post_save` gives them.

    "Cancel scheduled publish" in Wagtail 8.0.1 saves this field alone. Without it a release waits for ever.
    """
    return update_fields == frozenset({"approved_go_live_at"}) and revision.approved_go_live_at is None


def hide_reviews(page: Page) -> None:
    """Let Wagtail see no review of a page under way, so that publishing this object of it ends none.

    `WorkflowMixin.current_workflow_state` in Wagtail 8.0.1 reads what `prefetch_workflow_states` has put
    there. Without it publishing an older version would end the review of the newer draft.
    """
    page._current_workflow_states = []


def before_a_workflow_finishes(is_done: Callable) -> None:
    """Ask this once the last reviewer has approved; what it has done needs no more, all else goes on as ever.

    `WorkflowState.on_finish` in Wagtail 8.0.1, which has its value from a setting of the project's. Without
    it a library page would be published as soon as it is approved.

    Args:
        is_done: (workflow state, person or None) -> whether the matter is settled.
    """
    go_on = WorkflowState.on_finish

    def on_finish(workflow_state, user=None):
        if not is_done(workflow_state, user):
            go_on(workflow_state, user=user)

    WorkflowState.on_finish = on_finish


def chosen_zone(user) -> str:
    """The time zone that somebody has chosen in their account; "" for none. Read in Wagtail 8.0.1.

    The admin asks `wagtail_userprofile` of the person for it, in `wagtail.admin.localization`.
    """
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.current_time_zone if profile else ""


def show_times_in(user, zone) -> None:
    """Have the admin show times in a zone for the request of a person who has chosen none; stores nothing.

    Wagtail 8.0.1 sets the zone around each of its views: to the one that the person's profile names, and to
    the server's for somebody without a profile.
    """
    profile = getattr(user, "wagtail_userprofile", None) or UserProfile(user=user)
    profile.get_current_time_zone = lambda: str(zone)
    user.wagtail_userprofile = profile


def is_adding(request) -> bool:
    """Whether a request is for Wagtail's screen for a new page.

    The name of the address in Wagtail 8.0.1. Its screen stores a page that is to be published as a live one
    before it asks `before_publish_page`; without this a refused one would stay live.
    """
    return request.resolver_match.view_name == "wagtailadmin_pages:add"


def is_editing(request) -> bool:
    """Whether a request is for Wagtail's editor of the newest draft; false for None and for no address.

    The name of the address in Wagtail 8.0.1, whose screen for an older revision has another. Without it an
    answer that is given on an old revision would change the newest.
    """
    match = request and request.resolver_match
    return bool(match) and match.view_name == "wagtailadmin_pages:edit"


def type_being_added(request) -> type | None:
    """The model of the page that Wagtail's screen for a new page is open for; None on any other screen.

    The names in the address in Wagtail 8.0.1. Without it a new library page could be published unannounced.
    """
    asked = request.resolver_match.kwargs
    names = asked.get("content_type_app_name"), asked.get("content_type_model_name")
    return apps.get_model(*names) if all(names) else None


def named_in_address(request) -> tuple[list[int], list[tuple[str, str]]]:
    """(ids of pages, (app label, model name) of types) that the address of a screen names.

    The names in the addresses of Wagtail 8.0.1. Without it people of the project around would learn which
    pages and page types clinics have.
    """
    asked = request.resolver_match.kwargs
    pages = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
    types = (("content_type_app_name", "content_type_model_name"), ("app_label", "model_name"))
    named = [(asked[label], asked[name]) for label, name in types if label in asked and name in asked]
    if request.resolver_match.namespace == "wagtailadmin_pages":
        # The one screen that compares two versions.
        pages = (*pages, "pk")
    return [asked[name] for name in pages if name in asked], named


def pages_taken_unasked(request) -> list[str]:
    """Keys of pages, as they were sent, that a screen looks up before its form has read them.

    `CopyView` in Wagtail 8.0.1. Without it the screen for a copy fails over a page that there is not.
    """
    if request.method != "POST" or request.resolver_match.view_name != "wagtailadmin_pages:copy":
        return []
    return request.POST.getlist("new_parent_page")


def row_in_address(request) -> tuple[type, object] | None:
    """(model, key) of the site, redirect, group, workflow or task that the address of a screen names.

    That of a setting names the site whose it is.

    The names in the addresses of Wagtail 8.0.1. Without it somebody who may edit the sites of a project would
    edit the clinics'.
    """
    match = request.resolver_match
    names = ("pk", "redirect_id", "workflow_pk", "task_id")
    key = next((match.kwargs[name] for name in names if name in match.kwargs), None)
    model = KEYED_BY_ADDRESS.get(match.namespace)
    if model is Workflow and "task" in match.url_name:
        model = Task
    if match.namespace == "wagtailsettings" and not _is_of_site(match.kwargs):
        return None
    return (model, key) if model and key is not None else None


def _is_of_site(names):
    """Whether a setting has a row for each site: the key of any other is its own."""
    try:
        return issubclass(apps.get_model(names["app_name"], names["model_name"]), BaseSiteSetting)
    except LookupError:
        return False


def files_in_address(request) -> list[tuple[type, object]]:
    """(model, key) of the pictures, documents and uploads under way that the address of a screen names.

    The names in the addresses of Wagtail 8.0.1. Without it its screens answer otherwise for a neighbour's
    picture than for none.
    """
    match = request.resolver_match
    asked, family = match.kwargs, match.namespace
    if "uploaded_file_id" in asked:
        return [(UploadedFile, asked["uploaded_file_id"])]
    models = {"wagtailimages": get_image_model, "wagtaildocs": get_document_model}
    get_model = models.get(family.removesuffix("_chooser"))
    names = ("image_id", "document_id", "doc_id", "pk") if get_model else ()
    return [(get_model(), asked[name]) for name in names if name in asked]


def parts_of_pages_in_address(request) -> list[tuple[QuerySet, str]]:
    """(rows, the field that names their page) of versions and reviews of a page that an address names.

    The names in the addresses of Wagtail 8.0.1, whose screens look for a review of whatever page and then say
    of which it is. A word in the place of a version, such as "live", is none.
    """
    match = request.resolver_match
    if match.namespace != "wagtailadmin_pages":
        return []
    states = TaskState.objects.all()
    kinds = {
        "revision_id": (Revision.page_revisions, "pk", "object_id"),
        "revision_id_a": (Revision.page_revisions, "pk", "object_id"),
        "revision_id_b": (Revision.page_revisions, "pk", "object_id"),
        "workflow_state_id": (WorkflowState.objects, "pk", "object_id"),
        "task_state_id": (states, "pk", "workflow_state__object_id"),
        "task_id": (states, "task_id", "workflow_state__object_id"),
    }
    return [
        (rows.filter(**{field: match.kwargs[name]}), place)
        for name, (rows, field, place) in kinds.items()
        if str(match.kwargs.get(name, "")).isdigit()
    ]


def file_lists_of_the_admins_api() -> list[type]:
    """The views of the admin's API that list pictures and documents, as far as this release has them.

    `wagtail.images.api.admin` and `wagtail.documents.api.admin` in Wagtail 8.0.1; gone in 8.1, whose admin
    lists pages alone by an API. Without them a project's editors would get every picture of every clinic.
    """
    views = {"wagtail.images": "ImagesAdminAPIViewSet", "wagtail.documents": "DocumentsAdminAPIViewSet"}
    return [
        getattr(import_module(f"{package}.api.admin.views"), name)
        for package, name in views.items()
        if find_spec(f"{package}.api") and find_spec(f"{package}.api.admin")
    ]


def includes_descendants(action) -> bool:
    """Whether a bulk action on pages is for those below them too; `action` as `before_bulk_action` gives it.

    The form of `PublishBulkAction` in Wagtail 8.0.1. Without it drafts below would go live unjudged.
    """
    return action.cleaned_form.cleaned_data["include_descendants"]


def leave_pop_up(view, request):
    """The answer of Wagtail's pop-up to approve a page that takes the browser back to where it was opened.

    `WorkflowAction.render_modal_json` and `redirect_url` in Wagtail 8.0.1. Without it the pop-up stays open
    and shows no reason.
    """
    return view.render_modal_json(request, {"step": "success", "redirect": view.redirect_url})


def acting_user():
    """Who acts in the admin just now; None outside it.

    `wagtail.log_actions` in Wagtail 8.0.1. Without it a release would name nobody.
    """
    return get_active_log_context().user


def take_no_address_for_an_empty_one() -> None:
    """Have the window for a link elsewhere say that an address is missing, where a form was sent without one.

    `URLOrAbsolutePathField.to_python` in Wagtail 8.0.1. Without it such a form is answered with a 500.
    """
    to_python = URLOrAbsolutePathField.to_python

    def to_python_of_text(field, value):
        return to_python(field, value or "")

    URLOrAbsolutePathField.to_python = to_python_of_text


def make_nothing_without_a_form() -> None:
    """Have a chooser that nothing can be made in say that there is no such screen.

    `CreateViewMixin` of `wagtail.admin.views.generic.chooser` in Wagtail 8.0.1. Without it a form that is
    sent there is answered with a 500.
    """
    post = CreateViewMixin.post

    def post_where_there_is_a_form(view, request):
        if view.get_creation_form() is None:
            raise Http404
        return post(view, request)

    CreateViewMixin.post = post_where_there_is_a_form


def link_no_file_that_is_only_read(*views) -> None:
    """List documents and pictures without links for whoever may neither edit nor add them.

    `set_query_params` in `wagtail.documents.views.documents` and `wagtail.images.views.images` of Wagtail
    8.0.1. Without it the lists are a 500 for whoever may only read, for there is no address to add to.

    Args:
        views: The two modules, which cannot be imported before all models are there.
    """
    for module in views:
        module.set_query_params = partial(_with_params, module.set_query_params)


def _with_params(add, url, params):
    return url and add(url, params)


def find_reviews_at_once() -> None:
    """Find what somebody may approve in as many queries for a thousand workflows as for one.

    `reviewable_by` of `TaskState.objects` in Wagtail 8.0.1, behind the first screen of everybody. Without it
    that screen loads the task of each clinic and asks for each whether it is the person's.
    """
    BaseTaskStateManager.reviewable_by = _reviewable_by


def _reviewable_by(manager, user):
    by_groups = ContentType.objects.get_for_model(GroupApprovalTask)
    active = Task.objects.filter(active=True)
    own = active.filter(content_type=by_groups)
    if not user.is_superuser:
        own = own.filter(groupapprovaltask__groups__in=user.groups.all())
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=own)
    # A project's own kind of task says by itself whose it is.
    for task in active.exclude(content_type=by_groups).specific():
        states = states | task.get_task_states_user_can_moderate(user=user)
    return states


# The editor


def publishes(item) -> bool:
    """Whether a button under the editor publishes or unpublishes; `item` of `construct_page_action_menu`.

    The classes of `wagtail.admin.action_menu` in Wagtail 8.0.1, which has no more than these two. Without it
    a library page could go live in every clinic without a note.
    """
    return isinstance(item, PublishMenuItem | UnpublishMenuItem)


class ButtonsUnderTheEditor(PageActionMenu):
    """The buttons under the editor of a page, by what they do.

    `PageActionMenu` in Wagtail 8.0.1 keeps the first apart as `default_item`, and the others in `menu_items`
    behind an arrow. Without it the button that publishes is behind the arrow, and "Save draft" looks like it.
    """

    def take_publish(self):
        """Take the button that publishes out of the menu; None where this person may not publish."""
        return self._take(PublishMenuItem)

    def take_save_draft(self):
        """Take the button that saves a draft out of the menu, or None."""
        return self._take(SaveDraftMenuItem)

    def _take(self, kind):
        everything = [item for item in (self.default_item, *self.menu_items) if item is not None]
        found = next((item for item in everything if isinstance(item, kind)), None)
        rest = [item for item in everything if item is not found]
        self.default_item, self.menu_items = (rest[0], rest[1:]) if rest else (None, [])
        return found

    def left(self):
        """What has not been taken."""
        return [item for item in (self.default_item, *self.menu_items) if item is not None]


def is_approval(item) -> bool:
    """Whether a button under the editor approves a review; `item` as `construct_page_action_menu` gives it.

    `WorkflowMenuItem` in Wagtail 8.0.1 has the name of the task's action. Without it the button says that
    it publishes where it does not.
    """
    return isinstance(item, WorkflowMenuItem) and item.name == "approve"


def asks_for_comment(approval) -> bool:
    """Whether an approval opens a pop-up for a comment first.

    `WorkflowMenuItem` in Wagtail 8.0.1. Without it the two buttons have the same words.
    """
    return approval.launch_modal


#: What Wagtail 8.0.1 gives the two fields in the window of a schedule. Without it what was typed stays in
#: them, to be saved later, when somebody has closed the window without saving.
FIELD_OF_SCHEDULE = {
    "data-controller": "w-action",
    "data-action": "w-dialog:hidden->w-action#reset",
    "data-w-dialog-target": "notify",
}


def choose_form_of_edits(edit_view: type, chosen: Callable) -> None:
    """Have the screens of a view of Wagtail's that edits a row ask with which form.

    `wagtail.admin.views.generic.EditView` in Wagtail 8.0.1, from which the screens for sites, redirects,
    groups, people, collections, pictures, documents, workflows, tasks and snippets derive, but not that for
    pages. Without it two people write over each other there.

    Args:
        edit_view: that class; our models load this module, and it needs them.
        chosen: (view, with the row as `object`, and the form class that the view has) -> the form class.
    """
    get_form = edit_view.get_form

    def get_chosen_form(view, form_class=None):
        return get_form(view, chosen(view, form_class or view.get_form_class()))

    edit_view.get_form = get_chosen_form


#: The collection whose window of visibility is open: Wagtail's form for it is told of none.
_collection_at_work: ContextVar[int | None] = ContextVar("clinicsite_collection_at_work", default=None)


def choose_forms_of_privacy(page_view: type, of_collections, chosen: Callable) -> None:
    """Have Wagtail's windows for who may see a page, or a collection, ask with which form.

    `SetPrivacyView` and `collection_privacy.set_privacy` in Wagtail 8.0.1, which derive from no view of
    Wagtail's that edits a row. Without it two people write over each other there.

    Args:
        page_view: `SetPrivacyView`; our models load this module, and it needs them.
        of_collections: the module `collection_privacy`, likewise.
        chosen: (page or collection, request or None, the form class that the window has) -> the form class.
    """
    class_of_page, set_privacy = page_view.get_form_class, of_collections.set_privacy
    own_form = of_collections.CollectionViewRestrictionForm

    def form(*args, **kwargs):
        collection = Collection.objects.filter(pk=_collection_at_work.get()).first()
        return (chosen(collection, None, own_form) if collection else own_form)(*args, **kwargs)

    @wraps(set_privacy)
    def set_privacy_of(request, collection_id):
        at_work = _collection_at_work.set(collection_id)
        try:
            return set_privacy(request, collection_id)
        finally:
            _collection_at_work.reset(at_work)

    page_view.get_form_class = lambda view: chosen(view.page, view.request, class_of_page(view))
    of_collections.CollectionViewRestrictionForm = form
    of_collections.set_privacy = set_privacy_of


def is_saved_as_draft(form) -> bool:
    """Whether a form of the admin is just being checked for a draft, which may be unfinished.

    `WagtailAdminModelForm` in Wagtail 8.0.1, whose manual knows the flag of blocks alone. Without it no
    unfinished page can be kept.
    """
    return form.is_deferred_validation


def is_out_of_date(data: Mapping, page) -> bool:
    """Whether somebody has saved a draft since the page's editor was opened that now sends this form.

    The form of Wagtail 8.0.1 says which version it was loaded with, or has itself saved since, by the names
    that `EditView.is_out_of_date` reads; the view asks itself for autosaves alone. Without it a button of
    ours writes over a colleague's words in the seconds before the editor's own ping has told of them.
    """
    latest = page.latest_revision
    if latest is None:
        return False
    if saved := data.get("overwrite_revision_id"):
        return saved != str(latest.pk)
    loaded = data.get("loaded_revision_id")
    if not loaded:
        return False
    moment = data.get("loaded_revision_created_at", "")
    return (loaded, moment) != (str(latest.pk), latest.created_at.isoformat())


class CarriesForms:
    """Mixed into a form of the admin: the forms it carries may leave out in a draft what it may.

    `WagtailAdminModelForm` in Wagtail 8.0.1 calls these two on itself and on its formsets. Without it a draft
    with an unfinished form in it cannot be kept.
    """

    def carried_forms(self) -> Iterable:
        """The forms besides those of formsets, each a `WagtailAdminModelForm`."""
        # No default: a form that forgot to name them would keep refusing unfinished drafts, unseen.
        raise NotImplementedError

    def defer_required_fields(self):
        super().defer_required_fields()
        for form in self.carried_forms():
            form.defer_required_fields()

    def restore_required_fields(self):
        super().restore_required_fields()
        for form in self.carried_forms():
            form.restore_required_fields()


def comparison_of_rows(parental_key, names: Iterable[str], key: Callable, label: str):
    """How Wagtail's comparison of two revisions shows the rows below a page, paired by a key of our own.

    Args:
        parental_key: the field of the rows that names their page.
        names: the fields of the rows to show.
        key: row -> what it has in common with the row it became.
        label: what stands above.

    Returns what a panel's `get_comparison` lists. `wagtail.admin.compare` in Wagtail 8.0.1, which pairs rows
    by primary key or likeness. Without it one section's words are shown as a change of another's.
    """

    class RowsComparison(compare.ChildRelationComparison):
        def get_mapping(self, objs_a, objs_b):
            return _paired([key(row) for row in objs_a], [key(row) for row in objs_b])

    fields = [_comparison_of(parental_key.model._meta.get_field(name)) for name in names]
    return partial(RowsComparison, parental_key.remote_field, fields, label=label)


def _comparison_of(field):
    if isinstance(field, StreamField):
        return partial(compare.StreamFieldComparison, field)
    return partial(compare.ChoiceFieldComparison if field.choices else compare.FieldComparison, field)


def _paired(before, after):
    """(index before -> index after, the reverse, those only after, those only before) of two lists."""
    places = {key: place for place, key in enumerate(after)}
    forwards = {place: places[key] for place, key in enumerate(before) if key in places}
    backwards = {there: here for here, there in forwards.items()}
    added = [place for place in range(len(after)) if place not in backwards]
    return forwards, backwards, added, [place for place in range(len(before)) if place not in forwards]


def editor_plugin(options: dict[str, list], js: list[str], css: dict[str, list[str]]):
    """A plugin of the rich-text editor that adds to lists in its options, with the files it needs.

    `Feature.construct_options` in Wagtail 8.0.1, whose manual knows features with one button alone. Without
    it tokens are plain text in the editor.
    """
    # Our models load this module, and what the editor is made of needs the model of pages to be there.
    from wagtail.admin.rich_text.editors.draftail.features import Feature

    class Plugin(Feature):
        def construct_options(self, chosen):
            for name, additions in options.items():
                chosen.setdefault(name, []).extend(additions)

    return Plugin(js=js, css=css)


def link_rule(complete: Callable[[dict], dict]) -> dict:
    """The `contentstate` rule by which the rich-text editor reads and writes links, to take Wagtail's place.

    `complete` is given what the editor is told of a link to a page, {"id", "url", "parentId"}, and returns
    what it is told instead. The handlers and `link_entity` in Wagtail 8.0.1. Without it the editor shows
    links to library pages as broken, and cleaning them up breaks them.
    """
    # Our models load this module, and the handlers need the model of pages to be there.
    from wagtail.admin.rich_text.converters.contentstate import link_entity
    from wagtail.admin.rich_text.converters.html_to_contentstate import (
        ExternalLinkElementHandler,
        PageLinkElementHandler,
    )

    class CompletedPageLink(PageLinkElementHandler):
        def get_attribute_data(self, attrs):
            return complete(super().get_attribute_data(attrs))

    read = {"a[href]": ExternalLinkElementHandler("LINK"), 'a[linktype="page"]': CompletedPageLink("LINK")}
    return {
        "from_database_format": read,
        "to_database_format": {"entity_decorators": {"LINK": link_entity}},
    }


def judge_forms(is_valid_under: Callable, clean_under: Callable, judge: Callable) -> None:
    """Have every form of the admin for a model judged, the rows it carries with it.

    `WagtailAdminModelForm` in Wagtail 8.0.1, which no hook reaches: every form for a page, a setting or a
    record derives from it, whoever has made its class; and `_post_clean` in Django 5.2, by which a form puts
    what was sent into its object. Without it a form names anything by its key.

    Args:
        is_valid_under: (form, its own way to say whether it is valid) -> whether it is valid.
        clean_under: (form or row of one, its own way to clean what was sent) -> None.
        judge: is given a form or a row whose fields are cleaned, before its object has them.
    """
    # Our models load the modules that load this one, and the forms need the model of pages to be there.
    from wagtail.admin.forms import WagtailAdminModelForm as Form

    is_valid, full_clean, post_clean = Form.is_valid, Form.full_clean, Form._post_clean

    def judged_post_clean(form):
        judge(form)
        post_clean(form)

    # Mypy takes no method for another's place; that is what is done here.
    Form.is_valid = lambda form: is_valid_under(form, lambda: is_valid(form))  # type: ignore[method-assign]
    Form.full_clean = lambda form: clean_under(form, lambda: full_clean(form))  # type: ignore[method-assign]
    Form._post_clean = judged_post_clean


class _NotThere:
    pk = None


#: What a block of a form has for something that cannot be chosen. `ChooserBlock` in Wagtail 8.0.1 has None
#: for what it does not find, which is no mistake where nothing has to be chosen.
NOT_THERE = _NotThere()


def judge_choosers(judge: Callable, refusal: str, is_shown: Callable, is_key: Callable) -> None:
    """Have what somebody chooses in a block, and what a chooser of the admin shows, judged.

    `ChooserBlock` and `BaseChooser` in Wagtail 8.0.1, which ask nobody whose a picture or a page is. Without
    it a block takes anything by its key, and a chooser names it.

    Args:
        judge: (model, what was sent, what was found by it or None) -> what the block has then; `NOT_THERE`
            is refused.
        refusal: what somebody reads where a block is refused.
        is_shown: (picture, document or page) -> whether a chooser may name it.
        is_key: (model, text) -> whether the text can be a key of the model; Wagtail fails where it cannot.
    """
    from wagtail.admin.widgets import BaseChooser

    value_from_form, clean = ChooserBlock.value_from_form, ChooserBlock.clean
    get_instance = BaseChooser.get_instance

    def judged_value_from_form(block, value):
        return judge(block.model_class, value, lambda: value_from_form(block, value))

    def judged_clean(block, value):
        if value is NOT_THERE:
            raise ValidationError(refusal)
        return clean(block, value)

    def judged_instance(chooser, value):
        is_none = value is NOT_THERE or (isinstance(value, str) and not is_key(chooser.model_class, value))
        found = None if is_none else get_instance(chooser, value)
        return found if found is not None and is_shown(found) else None

    ChooserBlock.value_from_form = judged_value_from_form
    ChooserBlock.clean = judged_clean
    BaseChooser.get_instance = judged_instance


def references_in(field, value) -> list[tuple[type, str, list[str]]]:
    """(model, key, the way to it in the value) of each object that a value of a model's field names.

    `extract_references` in Wagtail 8.0.1, by which fields and blocks tell the index of references what they
    name. Without it nobody knows what a text links to.
    """
    if value is None or not hasattr(field, "extract_references"):
        return []
    found = field.extract_references(value)
    return [(model, str(key), path.split(".") if path else []) for model, key, _in_model, path in found]


def references_of(instance) -> set[tuple[int, str]]:
    """(key of the content type, key) of each object that an object names, and the rows it carries with it.

    `ReferenceIndex._extract_references_from_object` in Wagtail 8.0.1. Without it an older version of a page
    could not be taken up again where it names what has gone out of use meanwhile.
    """
    return {(found[0], found[1]) for found in ReferenceIndex._extract_references_from_object(instance)}


# Stored content


def rich_text_rewriter(
    link_handlers: dict[str, type], embed_handlers: Mapping[str, type] = MappingProxyType({})
) -> Callable[[str], str]:
    """Expand stored rich text as Wagtail does, but for some types of link and of embed.

    `wagtail.rich_text.get_rewriter` in Wagtail 8.0.1. Without it a link handler of ours would be the whole
    project's, its own pages included.

    Args:
        link_handlers: type of link -> the `LinkHandler` that expands it instead.
        embed_handlers: type of embed -> the `EmbedHandler` that expands it instead.
    """
    links = features.get_link_types() | link_handlers
    embeds = features.get_embed_types() | embed_handlers
    return MultiRuleRewriter(
        [
            LinkRewriter(bulk_rules={name: link.expand_db_attributes_many for name, link in links.items()}),
            EmbedRewriter(bulk_rules={name: one.expand_db_attributes_many for name, one in embeds.items()}),
        ]
    )


def is_in_memory(page, name: str) -> bool:
    """Whether a list, or the rows below a page, come from a draft or a version rather than the database.

    django-modelcluster 6.5 keeps them on the page. Without it a preview would show the stored list.
    """
    return name in getattr(page, "_cluster_related_objects", {})


def stream_of(block: StreamBlock, raw: list) -> StreamValue:
    """The value of a StreamField from blocks as they are stored, read as they are asked for.

    The constructor of `StreamValue` in Wagtail 8.0.1. Without it each block of a page costs its own queries.
    """
    return StreamValue(block, raw, is_lazy=True)


#: The column of modelsearch 1.3 that keeps the text of an entry of the search index, by database.
_TEXT_COLUMNS = {"postgresql": "body_text", "sqlite": "body"}


def indexed_texts(object_ids: Iterable[int], type_ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    """(key, the words of it without its title) of each of these objects in the search index; one query.

    `IndexEntry` of modelsearch 1.3, which has other columns for each database. Without it found pages show
    no extract.

    Args:
        object_ids: the keys of the objects.
        type_ids: the keys of their content types.
    """
    keys = [str(key) for key in object_ids]
    found = IndexEntry.objects.filter(object_id__in=keys, content_type_id__in=set(type_ids))
    column = _TEXT_COLUMNS[connections[found.db].vendor]
    return ((int(key), text or "") for key, text in found.values_list("object_id", column))


# Pictures


def writer_of(format_name: str):
    """What Pillow writes files of a format with: (image, file, name) -> None; the options are on the image.

    `Image.SAVE` in Pillow 13. Without it nothing can be done around a format's own writer.
    """
    return Image.SAVE[format_name]


def replace_writer(format_name: str, write: Callable) -> None:
    """Have Pillow write files of a format with this, in the whole process; see `writer_of` for its arguments.

    `Image.register_save` in Pillow 13, whose manual keeps it to Pillow's own plugins. Without it nobody can
    say how every picture of a format is written.
    """
    Image.register_save(format_name, write)


def is_new_file(picture) -> bool:
    """Whether the file of a picture has just been given and is not in the storage yet.

    `FieldFile._committed` in Django 5.2. Without it what an upload tells of its owner is stored before
    anybody could take it out.
    """
    return bool(picture.file) and not picture.file._committed


def read_file_again(picture) -> None:
    """Have a picture know the size and the fingerprint of its present file.

    `AbstractImage._set_image_file_metadata` in Wagtail 8.0.1, which its forms call before a picture is saved.
    Without it two uploads of one picture are not seen to be the same.
    """
    picture._set_image_file_metadata()


def keep_renditions(picture, found: dict) -> None:
    """Keep the files of a picture that were found, {filter: rendition}, so that the next view asks no query.

    `AbstractImage.get_renditions` in Wagtail 8.0.1 does this, but makes what is missing while somebody waits.
    Without it each picture in a text costs a query at every view.
    """
    model = picture.get_rendition_model()
    # Those that were loaded with the picture say so: to keep them would be a trip for nothing.
    keys = {
        model.construct_cache_key(picture, one.get_cache_key(picture), one.spec): rendition
        for one, rendition in found.items()
        if not getattr(rendition, "_from_cache", False)
    }
    if keys:
        model.cache_backend.set_many(keys)


# Tags


def choose_popular_tags_by(choose: Callable) -> None:
    """Have the admin name as popular tags of a model what this gives instead.

    `popular_tags_for_model` in Wagtail 8.0.1, which counts everybody's, as the chooser of pictures and the
    filters of lists call it. Without it clinics read each other's tags.

    Args:
        choose: (model, how many at most, Wagtail's own way) -> tags.
    """
    # Our models load this module, and these need the model of pages to be there.
    for name in ("wagtail.images.views.chooser", "wagtail.admin.filters"):
        module = import_module(name)
        own = module.popular_tags_for_model
        module.popular_tags_for_model = partial(_popular_tags, choose, own)


def _popular_tags(choose, own, model, count=10):
    return choose(model, count, own)


# Sites


def add_rule_for_redirects(redirect_form: type, refuse: Callable) -> None:
    """Have Wagtail's form for a redirect ask this before it is saved: (redirect, what was sent).

    `RedirectForm` in Wagtail 8.0.1, which neither a setting nor a hook replaces. Without it a redirect may
    lead nowhere, or back to itself.

    Args:
        redirect_form: that class; our models load this module, and it needs them.
        refuse: raises a ValidationError; the redirect is as it is stored, and what was sent is by name of
            field, without what the form has refused.
    """
    clean = redirect_form.clean

    def clean_and_ask(form):
        cleaned = clean(form)
        refuse(form.instance, form.cleaned_data)
        return cleaned

    redirect_form.clean = clean_and_ask


def add_rule_for_sites(refuse: Callable) -> None:
    """Have Wagtail's form for a site ask this before it is saved: (site, what was sent) -> a ValidationError.

    The site is as it is stored, and what was sent is by name of field, without what the form has refused.

    `SiteForm` in Wagtail 8.0.1, which neither a setting nor a hook replaces. Without it a second site takes
    the addresses of a clinic over.
    """
    # Our models load the modules that load this one, and the form needs the model of pages to be there.
    from wagtail.sites.forms import SiteForm

    clean = SiteForm.clean

    def clean_and_ask(form):
        cleaned = clean(form)
        refuse(form.instance, form.cleaned_data)
        return cleaned

    # Mypy takes no method for another's place; that is what is done here.
    SiteForm.clean = clean_and_ask  # type: ignore[method-assign]
