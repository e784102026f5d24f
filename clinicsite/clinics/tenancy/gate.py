"""The admin's addresses for clinics' people: one that is not judged for them is as if it did not exist."""

from django.urls import NoReverseMatch, reverse
from wagtail.admin import urls as admin_urls

from clinicsite.clinics.tenancy.scope import person_at_work
from clinicsite.clinics.tenancy.surface import Kind, may_use

#: Addresses that stand for many things: the kind each is judged as, and what in the address names it.
NAMED_IN_ADDRESS = {
    "wagtail_bulk_action": (Kind.BULK_ACTION, ("app_label", "model_name", "action")),
    "wagtailsettings:edit": (Kind.SETTING, ("app_name", "model_name")),
    "wagtailsettings:preview_on_edit": (Kind.SETTING, ("app_name", "model_name")),
}


class AdminSurfaceMiddleware:
    """Stop clinics' people before any view runs that was not judged to be for them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = person_at_work.set(request.user)
        try:
            return self.get_response(request)
        finally:
            person_at_work.reset(token)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """None to go on, or what the admin answers where nothing is."""
        # Somebody who has not signed in is sent to do so by the views themselves, wherever the address leads.
        if not _is_in_admin(request) or may_use_address(request) or request.user.is_anonymous:
            return None
        return _nothing_here(request)


def _is_in_admin(request) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        # A clinic's host has no admin.
        return False


def may_use_address(request) -> bool:
    """Whether the person may use the address that the request has been resolved to."""
    match = request.resolver_match
    names = [(Kind.ADDRESS, match.view_name)]
    if match.view_name in NAMED_IN_ADDRESS:
        kind, parts = NAMED_IN_ADDRESS[match.view_name]
        names.append((kind, ".".join(match.kwargs[part] for part in parts)))
    return may_use(request.user, names)


def _nothing_here(request):
    # Wagtail's last address catches all that no other does. Its view gives the same answer, to the letter.
    return admin_urls.urlpatterns[-1].callback(request)
