from wagtail import hooks

from clinicsite.core.pictures.operations import PlainOperation
from clinicsite.core.publishing import REFUSED, RefusedMessage
from clinicsite.core.publishing_doors import refuse_from_a_list, refuse_in_the_editor


@hooks.register("register_image_operations")
def register_plain_pictures():
    return [("clinicsite", PlainOperation)]


@hooks.register("register_log_actions")
def register_refused_publishing(actions):
    actions.register_action(REFUSED)(RefusedMessage)


@hooks.register("before_publish_page")
def keep_an_unfit_page_a_draft(request, page):
    return refuse_in_the_editor(request, page)


@hooks.register("before_bulk_action")
def publish_no_unfit_pages(request, action_type, objects, action):
    return refuse_from_a_list(request, action_type, objects, action)
