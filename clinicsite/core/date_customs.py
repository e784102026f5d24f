"""By whose custom a date in figures is read: 12/3/2026 is in December or in March.

Whoever works for a clinic writes as the clinic's country does, and everybody else as that of the project's
language. The middleware of the admin says which it is, for as long as a request takes.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

#: Where a language has no country, as in "en".
REGION = "CA"
_region: ContextVar[str] = ContextVar("clinicsite_date_customs", default="")


def region_of(language: str) -> str:
    """The country in a language tag, such as GB in "en-GB"; "" for none."""
    found = re.search(r"[-_]([A-Za-z]{2})$", language)
    return found[1].upper() if found else ""


def current_region() -> str:
    """The country (ISO 3166) by whose custom dates are typed just now."""
    return _region.get() or region_of(settings.LANGUAGE_CODE) or REGION


@contextmanager
def typed_as_in(region: str) -> Iterator[None]:
    """Read dates by the custom of a country in here; "" for the project's own."""
    token = _region.set(region)
    try:
        yield
    finally:
        _region.reset(token)
