"""What is sent to the admin that no screen of it can read: made by hand, and answered as such.

Wagtail's screens, and the libraries', take what their own forms send and fail over anything else. Somebody
who tries to break in would learn from that, and whoever watches over the server be called for nothing.
"""

import json

from django.core.exceptions import BadRequest
from django.utils.datastructures import MultiValueDictKeyError

#: What begins lists and objects. A text with fewer of them than this cannot lie too deep.
_OPENS = "[{"
_FEW = 200


def refuse_unreadable(request) -> None:
    """Raise `BadRequest` for a form that carries what no screen has sent: where next, or JSON without end."""
    if any(_is_too_deep(value) for _name, values in request.POST.lists() for value in values):
        raise BadRequest("This lies too deep to be read.")
    if _leads_nowhere(request.POST.get("next", request.GET.get("next", ""))):
        raise BadRequest("That leads nowhere.")


def refuse_incomplete(exception: Exception) -> None:
    """Raise `BadRequest` where a screen failed because its form came without a field that it always has."""
    if isinstance(exception, MultiValueDictKeyError):
        raise BadRequest("A part of this form is missing.") from exception


def _leads_nowhere(address):
    # Django takes such a word for the name of one of its addresses.
    return bool(address) and "/" not in address


def _is_too_deep(text):
    """Whether a text is JSON that Python would not read to its end."""
    if not text.lstrip().startswith(tuple(_OPENS)) or sum(map(text.count, _OPENS)) <= _FEW:
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return False
