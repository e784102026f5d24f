"""What somebody has just done from their desk, and the way back: for a day, while nobody has changed it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from json import dumps, loads
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.crypto import get_random_string

KEY = "clinicsite_desk"
#: So many are kept, the newest first, and none for longer than a day.
MOST = 3
KEPT_FOR = timedelta(days=1)

#: Takes something back: (request, the entry). Raises `RefusedError` where it cannot.
TakeBack = Callable[[Any, dict], None]
_ways: dict[str, TakeBack] = {}


def register_way_back(task: str, take_back: TakeBack) -> None:
    """Say how a kind of task is taken back."""
    _ways[task] = take_back


def note(request, task: str, said: str, **what) -> None:
    """Remember what was done, so that it can be taken back.

    Args:
        task: The kind of task.
        said: What was done, in a sentence.
        what: What taking it back needs, of values that JSON can hold, dates and times.
    """
    entry = {"key": get_random_string(12), "task": task, "said": said, "at": timezone.now().isoformat()}
    entry |= loads(dumps(what, cls=DjangoJSONEncoder))
    request.session[KEY] = [entry, *done(request)][:MOST]


def done(request) -> list[dict]:
    """What was done lately, the newest first."""
    begin = timezone.now() - KEPT_FOR
    return [one for one in request.session.get(KEY, []) if datetime.fromisoformat(one["at"]) > begin]


def take_back(request, key: str) -> str:
    """Take back what was done, and say in a sentence what it was; "" where nothing of this key is known."""
    entries = done(request)
    entry = next((one for one in entries if one["key"] == key), None)
    if entry is None:
        return ""
    _ways[entry["task"]](request, entry)
    request.session[KEY] = [one for one in entries if one["key"] != key]
    return entry["said"]
