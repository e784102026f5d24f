"""A form that could not be taken, because its sender was no longer signed in: nothing typed is lost.

What was sent travels along, signed, with the form for signing in, and is shown again after it as a form that
waits for one press. Nothing is stored for somebody who has not given a password.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

#: How long, in seconds, somebody may take to sign in again.
LIFETIME = 12 * 60 * 60
#: The part of a form that is made anew.
TOKEN = "csrfmiddlewaretoken"
_SALT = "clinicsite.sign_in.kept"


@dataclass(frozen=True)
class KeptForm:
    """What was sent, and where to. `files` is whether files came along, which have to be chosen again."""

    path: str
    fields: list[tuple[str, str]]
    files: bool = False

    @classmethod
    def of(cls, request) -> "KeptForm":
        """The form that a request carries."""
        fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
        return cls(request.get_full_path(), fields, bool(request.FILES))

    @property
    def signed(self) -> str:
        """As text that only we can have written."""
        query = QueryDict(mutable=True)
        for name, value in self.fields:
            query.appendlist(name, value)
        return signing.dumps([self.path, query.urlencode(), self.files], salt=_SALT, compress=True)


def read(text: str) -> KeptForm | None:
    """The form in such a text; None for what we have not written, or too long ago."""
    try:
        path, query, files = signing.loads(text, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    fields = [(name, value) for name, values in QueryDict(query).lists() for value in values]
    return KeptForm(path, fields, files)


def can_be_kept(request) -> bool:
    """Whether a request is a form that a person has sent with a button; what holds a password is none."""
    is_form = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
    is_by_hand = request.headers.get("X-Requested-With") != "XMLHttpRequest" and request.accepts("text/html")
    is_secret = any("password" in name.lower() and value for name, value in request.POST.items())
    return request.method == "POST" and is_form and is_by_hand and not is_secret
