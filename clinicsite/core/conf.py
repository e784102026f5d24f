"""The product's own settings: one dictionary, `CLINICSITE`, in the project's settings.

Each key has a default, so that a project names only what it wants otherwise. `conf.AGENCY_HOST` reads one.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

NAME = "CLINICSITE"


@dataclass(frozen=True)
class Key:
    """One key of the dictionary.

    Args:
        default: Its value where the project names none.
        kind: What a value must be.
        help: What it is for, in a sentence.
    """

    default: Any
    kind: type | tuple[type, ...]
    help: str

    def takes(self, value) -> bool:
        """Whether a project may give it this value: True is no number, and sources are texts in a list."""
        if isinstance(value, bool) and self.kind is int:
            return False
        return isinstance(value, self.kind) and (
            not isinstance(value, dict) or all(map(_is_texts, value.items()))
        )


def _is_texts(item) -> bool:
    name, values = item
    return (
        isinstance(name, str)
        and isinstance(values, (list, tuple))
        and all(isinstance(one, str) for one in values)
    )


KEYS = {
    "AGENCY_HOST": Key(
        "",
        str,
        "The one host, without a port, that belongs to the agency. Where it is set, every other host is a "
        "clinic's or answers 404. Where it is empty, hosts that are no clinic's are the project's own.",
    ),
    "AGENCY_NAME": Key("", str, "The agency's name, on its list of clinics."),
    "AGENCY_URLCONF": Key(
        "",
        str,
        "The addresses of the host with the admin, as a dotted path; empty means the project's ROOT_URLCONF.",
    ),
    "ARCHIVE_FOLDER": Key(
        "",
        str,
        "A folder on the server, as seen from the project's own, where the admin writes clinics that are "
        "retired. It holds patients' messages: nobody but the agency may read it. Where it is empty, "
        "the command `retire_clinic` alone retires a clinic.",
    ),
    "AUDIT_LOG_DAYS": Key(
        400, int, "How many days the audit log is kept; `purge_audit_log` deletes what is older."
    ),
    "CLINIC_URLCONF": Key(
        "clinicsite.urls",
        str,
        "The addresses on clinics' hosts, as a dotted path. A project that adds some includes "
        "`clinicsite.urls` in its own.",
    ),
    "EXTRA_SOURCES": Key(
        {},
        dict,
        "What the Content-Security-Policy of clinics' pages allows besides: directive -> sources, such as "
        "img-src -> the address of a bucket of pictures.",
    ),
    "MAINTENANCE": Key(False, bool, "Whether the clinics' sites are closed for a while."),
    "OWNERS_CHANGE_HOSTS": Key(
        False, bool, "Whether a clinic's owner, too, adds and removes the hosts that lead to it."
    ),
    "PAGE_CACHE": Key(
        False,
        bool,
        "Whether clinics' pages are kept once rendered, and given out until something they show changes. The "
        "project's `wsgi.py` must wrap its application in `clinicsite.page_cache.serve`.",
    ),
    "PAGE_CACHE_FOLDER": Key(
        "",
        str,
        "Where the processes of a machine share kept pages; empty means a folder of their own among the "
        "system's temporary files.",
    ),
    "RISKY_CHANGES_WAIT": Key(
        False,
        bool,
        "Whether a page of a clinic that changes what it says of fees, or claims something, waits until the "
        "agency has looked at it. Pages of locations, with their hours, and announcements never wait.",
    ),
    "SECOND_FACTOR": Key(
        "agency",
        str,
        "Who needs a second step to sign in, where `clinicsite.sign_in` is installed: `nobody`, `agency` "
        "(who works for it or in the library) or `everybody`. A clinic's settings can ask for it besides.",
    ),
    "SECURITY_CONTACT": Key(
        None, (str, type(None)), "Whom to tell of a weakness, as an address for RFC 9116, such as mailto:…"
    ),
    "TRUSTED_PROXY_COUNT": Key(
        0, int, "How many reverse proxies stand before the web server and name the visitor's address."
    ),
}


class Conf:
    """Reads a key of the dictionary as it is now, so that a change in a test is seen."""

    def __getattr__(self, name):
        if name not in KEYS:
            raise AttributeError(f"{NAME} has no key {name}.")
        return getattr(settings, NAME, {}).get(name, KEYS[name].default)

    @property
    def admin_urlconf(self) -> str:
        """Where the admin's addresses are."""
        return self.AGENCY_URLCONF or settings.ROOT_URLCONF

    @property
    def admin_path(self) -> str:
        """The path of the admin on its host, such as "/admin/", in the project's own language."""
        with translation.override(settings.LANGUAGE_CODE):
            return reverse("wagtailadmin_home", urlconf=self.admin_urlconf)

    @property
    def admin_root_url(self) -> str:
        """The scheme and host of the admin, without a slash at the end; empty where none is named."""
        return (getattr(settings, "WAGTAILADMIN_BASE_URL", None) or "").rstrip("/")


conf = Conf()
