from wagtail import hooks
from wagtail.models import Page

from clinicsite.library.deleting import refuse_if_followed


@hooks.register("before_delete_page")
def keep_a_followed_page(request, page):
    return refuse_if_followed(request, [page])


@hooks.register("before_bulk_action")
def keep_followed_pages(request, action_type, objects, action):
    is_deleting_pages = action_type == "delete" and action.model is Page
    return refuse_if_followed(request, objects) if is_deleting_pages else None
