"""What visitors see where there is nothing for them: no such page, or none that is open to them."""

from django.views import defaults


def page_not_found(request, exception):
    """404: in the clinic's look, with its menu, so that a visitor finds on."""
    return defaults.page_not_found(request, exception, template_name="clinicsite/404.html")


def permission_denied(request, exception):
    """403: a page that needs a login, or a form whose token has run out."""
    return defaults.permission_denied(request, exception, template_name="clinicsite/403.html")


def no_sign_in_here(request):
    """403: to a visitor of a page for people who have signed in, which nobody can do on a clinic's host."""
    return permission_denied(request, None)
