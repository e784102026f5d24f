"""Everything we lean on that no release of Wagtail, Django or their libraries promises to keep.

An upgrade is this file and its tests to read. Each function says in which release it was read and what would
go wrong without it; each has a test that fails where the release at hand behaves otherwise.
"""

from PIL import Image
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Site

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


def is_adding(request) -> bool:
    """Whether a request is for Wagtail's screen for a new page.

    The name of the address in Wagtail 8.0.1. Its screen stores a page that is to be published as a live one
    before it asks `before_publish_page`; without this a refused one would stay live.
    """
    return request.resolver_match.view_name == "wagtailadmin_pages:add"


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


# Stored content


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


def index_text_column(connection) -> str:
    """The field of `IndexEntry` that holds the words of a page without its title.

    modelsearch 1.3, which has a model of its own for each database. Without it found pages show no
    extract.
    """
    return _TEXT_COLUMNS[connection.vendor]


# Pictures


def writer_of(format_name: str):
    """What Pillow writes files of a format with: (image, file, name) -> None; the options are on the image.

    `Image.SAVE` in Pillow 13. Without it nothing can be done around a format's own writer.
    """
    return Image.SAVE[format_name]
