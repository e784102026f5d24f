"""Times and dates as people type them: understood for certain, or refused with a sentence; never guessed.

Pure Python, no Django. The rest of the project imports from `clinicsite.core.typed_times`, never from a
module inside. `static/clinicsite/js/admin/typed-times.js` reads the same writings in the browser, to show
what they are taken for; `tests/data/typed_times.json` holds both to the same answers. The server decides.
"""

from .dates import Lean, read_date
from .moments import read_moment
from .refusal import UnreadableError
from .times import likely_stretch, read_time
from .wording import (
    MONTHS,
    WEEKDAYS,
    date_in_words,
    format_date,
    format_moment,
    format_time,
    moment_in_words,
    twelve_hour,
)

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "Lean",
    "UnreadableError",
    "date_in_words",
    "format_date",
    "format_moment",
    "format_time",
    "likely_stretch",
    "moment_in_words",
    "read_date",
    "read_moment",
    "read_time",
    "twelve_hour",
]
