"""The ways through Wagtail's admin by which a page can go, come down or move: each says why it refuses.

Wagtail itself offers no button for what somebody may not do, and answers an address of it with “you do not
have permission”. Whoever holds the grants and is refused all the same is told why, and what to do instead.
"""

from functools import wraps

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.shortcuts import redirect
from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from clinicsite.core.deleting import reasons_against_deleting
from clinicsite.core.models.pages import is_of_ours
from clinicsite.core.usage import uses_of_several

#: Wagtail's question before several pages go, with what names them: `asked` is its own template.
WITH_USES = "clinicsite/core/admin/bulk_with_uses.html"
#: What somebody wanted to do with a page, by Wagtail's name for it, and how it is said that it was not done.
DONE = {"delete": "deleted", "unpublish": "taken down", "move": "moved"}


def install() -> None:
    """Have Wagtail ask here, whichever way a page is to be deleted, and say why a list refuses one.

    Read in Wagtail 8.0.1: the admin, its API and code all pass `DeletePageAction.check`.
    """
    DeletePageAction.check = _asking(DeletePageAction.check)
    PageBulkAction.get_context_data = _telling(PageBulkAction.get_context_data)


def refuse_to_delete(page: Page) -> None:
    """Raise a ValidationError where something would go with a page that must not; for code and the API."""
    reasons = reasons_against_deleting(page)
    if reasons:
        raise ValidationError({NON_FIELD_ERRORS: [_refusal(page, "delete", reasons)]})


def asking_first(view, verb: str, page_id: str = "page_id"):
    """A view of Wagtail's for one page of ours that is asked here before it opens.

    Args:
        verb: what the view does: a key of `DONE`.
        page_id: the name in the address of the page's key.
    """

    @wraps(view)
    def asked(request, *args, **kwargs):
        page = Page.objects.filter(pk=kwargs[page_id]).first()
        reasons = page.specific.permissions_for_user(request.user).why_not(verb) if page else []
        return _refuse(request, [(page, reasons)], verb) if reasons else view(request, *args, **kwargs)

    return asked


def refuse_what_must_stay(request, pages):
    """Say what would go with pages that somebody may delete, and go back; None where nothing would."""
    refused = [(page, reasons) for page in pages if (reasons := reasons_against_deleting(page))]
    return _refuse(request, refused, "delete") if refused else None


def _asking(check):
    """The check before a page is deleted, and ours after it."""

    def check_and_ask(action, skip_permission_checks=False):
        check(action, skip_permission_checks)
        refuse_to_delete(action.page)

    return check_and_ask


def _telling(get_context_data):
    """The question before a bulk action, why it leaves some of the pages alone, and what names the others."""

    def get_context_data_and_tell(action, **kwargs):
        context = get_context_data(action, **kwargs)
        if action.action_type in DONE:
            pages = [refused["item"] for refused in context["items_with_no_access"]]
            _say_why_not(action.request, action.action_type, filter(is_of_ours, pages))
            _list_uses(action, context)
        return context

    return get_context_data_and_tell


def _list_uses(action, context):
    pages = [chosen["item"] for chosen in context["items"]]
    uses = uses_of_several(filter(is_of_ours, pages), action.request.user)
    if uses:
        # Wagtail has a template for each action, and shows the question again where it was not answered.
        context |= {"asked": type(action).template_name, "uses_of_several": uses}
        action.template_name = WITH_USES


def _say_why_not(request, verb, pages):
    for page in pages:
        reasons = page.specific_deferred.permissions_for_user(request.user).why_not(verb)
        if reasons:
            messages.error(request, _refusal(page, verb, reasons))


def _refuse(request, refused, verb):
    for page, reasons in refused:
        messages.error(request, _refusal(page, verb, reasons))
    return redirect("wagtailadmin_explore", refused[0][0].pk)


def _refusal(page, verb, reasons):
    return f"“{page.get_admin_display_title()}” was not {DONE[verb]}: {' '.join(reasons)}"
