"""Every address of the admin, with a 1 in place of whatever it names."""

import re

from django.urls import URLPattern, get_resolver


def every_address() -> list[str]:
    """Such as /admin/pages/1/edit/, read from the addresses themselves."""
    return sorted({path for path in _below(get_resolver(), "/") if path.startswith("/admin/")})


def _below(resolver, prefix):
    for entry in resolver.url_patterns:
        path = prefix + _filled(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path
        else:
            yield from _below(entry, path)


def _filled(pattern):
    if hasattr(pattern, "_route"):
        return re.sub(r"<(?:\w+:)?\w+>", "1", str(pattern))
    return re.sub(
        r"\(\?P<\w+>.*?\)(?=/|$|\\)|\([^)]*\)|\\.|[\^$?]",
        lambda found: "1" if found[0][0] == "(" else "",
        str(pattern),
    )
