from wagtail import hooks
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.models import Page

from clinicsite.core import wagtail_private
from clinicsite.core.deleting_doors import refuse_what_must_stay
from clinicsite.core.discarding import DISCARDED, DiscardedMessage, DraftViewSet
from clinicsite.core.pictures.operations import PlainOperation
from clinicsite.core.publishing import REFUSED, RefusedMessage
from clinicsite.core.publishing_doors import refuse_from_a_list, refuse_in_the_editor

wagtail_private.link_no_file_that_is_only_read(documents, images)


@hooks.register("register_image_operations")
def register_plain_pictures():
    return [("clinicsite", PlainOperation)]


@hooks.register("register_log_actions")
def register_refused_publishing(actions):
    actions.register_action(REFUSED)(RefusedMessage)
    actions.register_action(DISCARDED)(DiscardedMessage)


@hooks.register("register_admin_viewset")
def register_drafts():
    return DraftViewSet()


@hooks.register("before_publish_page")
def keep_an_unfit_page_a_draft(request, page):
    return refuse_in_the_editor(request, page)


@hooks.register("before_bulk_action")
def publish_no_unfit_pages(request, action_type, objects, action):
    return refuse_from_a_list(request, action_type, objects, action)


@hooks.register("before_delete_page")
def keep_what_would_take_records_along(request, page):
    return refuse_what_must_stay(request, [page])


@hooks.register("before_bulk_action")
def keep_all_that_would(request, action_type, objects, action):
    is_deleting_pages = action_type == "delete" and action.model is Page
    return refuse_what_must_stay(request, objects) if is_deleting_pages else None
