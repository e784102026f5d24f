"""Whether a request is for the admin. By itself: the gate loads the admin's addresses, which is too early for
what is set up when the process starts.
"""

from django.urls import NoReverseMatch, reverse


def is_in_admin(request) -> bool:
    """Whether a request is for a screen of the admin, on the host that has it."""
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        # A clinic's host has no admin.
        return False
