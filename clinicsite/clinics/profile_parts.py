"""What apps above this one add to a clinic's profile, to lists of clinics and to the library's tokens."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.models import Site

#: Adds something to each clinic's profile: (site) -> a value that can be pickled.
PartBuilder = Callable[[Site], Any]
_parts: dict[str, PartBuilder] = {}
#: Finds one thing about many clinics with a fixed number of queries: (sites) -> {site id: value}.
SummaryFinder = Callable[[Iterable[Site]], dict[int, Any]]
_summaries: dict[str, SummaryFinder] = {}
#: Gives values of tokens: (profile) -> {token: value}.
TokenSource = Callable[[Any], dict[str, str]]
_token_sources: list[TokenSource] = []


def register_part(name: str, builder: PartBuilder) -> None:
    """Add a part to every clinic's profile; templates read it as `clinic.parts.<name>`."""
    _parts[name] = builder


def register_summary(name: str, finder: SummaryFinder) -> None:
    """Add something to lists of many clinics, which are too long for full profiles."""
    _summaries[name] = finder


def summaries_of(sites: Iterable[Site]) -> dict[str, dict[int, Any]]:
    """{name of a summary: {site id: value}} for many clinics; a clinic without a value is left out."""
    sites = list(sites)
    return {name: finder(sites) for name, finder in _summaries.items()}


def register_token_source(source: TokenSource) -> None:
    """Add values for tokens, taken from a clinic's profile."""
    if source not in _token_sources:
        _token_sources.append(source)


def parts_of(site: Site) -> dict[str, Any]:
    """{name of a part: its value} for a clinic."""
    return {name: builder(site) for name, builder in _parts.items()}


def token_values_of(profile) -> dict[str, str]:
    """The values of all tokens that other apps know, for the clinic of a `ClinicProfile`."""
    return {token: value for source in _token_sources for token, value in source(profile).items()}
