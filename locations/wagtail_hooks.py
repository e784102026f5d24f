from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from clinicsite.clinics.tenancy.surface import HOOK
from locations import admin_surface
from locations.consistency import reasons_against_publishing
from locations.viewsets import LocationListing, PractitionerListing


@hooks.register("register_admin_viewset")
def register_listings():
    return [LocationListing(), PractitionerListing()]


@hooks.register("before_bulk_action")
def refuse_to_publish_what_the_editor_would_refuse(request, action_type, objects, action):
    if action_type != "publish" or action.model is not Page:
        return None
    pages = _pages_to_publish(request, objects, action)
    refused = [(page, reasons) for page in pages if (reasons := reasons_against_publishing(page))]
    for page, reasons in refused:
        title = page.get_admin_display_title()
        advice = "Open that page, correct it and publish it there."
        messages.error(request, f"Nothing was published, because of “{title}”. {' '.join(reasons)} {advice}")
    back = get_valid_next_url_from_request(request) or "wagtailadmin_explore_root"
    return redirect(back) if refused else None


def _pages_to_publish(request, pages, action):
    """The chosen pages and, where they are asked for, the drafts below them that Wagtail would publish."""
    yield from pages
    if action.cleaned_form.cleaned_data["include_descendants"]:
        for page in pages:
            drafts = page.get_descendants().not_live().specific()
            yield from (draft for draft in drafts if draft.permissions_for_user(request.user).can_publish())


@hooks.register(HOOK)
def judge_admin_surface():
    return admin_surface.JUDGEMENTS
