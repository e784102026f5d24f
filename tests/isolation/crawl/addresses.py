"""Every address there is, filled with the neighbour's keys, and beside it the same with keys never given."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.isolation.crawl.filling import BULK, kind_of, queries_for, words_for
from tests.isolation.crawl.words import NEVER_GIVEN
from tests.isolation.crawl.world import World


@dataclass(frozen=True)
class Target:
    """An address to ask for.

    `url` names things of the neighbour's by their `keys`; `missing` is the same address with keys that
    nothing ever had, and the same as `url` for one that names nothing.
    """

    name: str
    url: str
    missing: str
    keys: frozenset[str] = frozenset()
    #: Whether this is how the address is asked for first: wholly the neighbour's, and with nothing behind it.
    is_plain: bool = False

    @property
    def nevers(self) -> frozenset[str]:
        """The keys in the address of what never was."""
        return frozenset([str(NEVER_GIVEN)]) if self.names_something else frozenset()

    @property
    def names_something(self) -> bool:
        return self.url != self.missing


@dataclass(frozen=True)
class Pattern:
    """An address as the resolver has it."""

    name: str
    arguments: tuple[str, ...]
    #: Of an address whose arguments have no names: none of ours, and three of Wagtail's.
    is_nameless: bool
    #: As it stands there, for one that has no name itself.
    route: str = ""


def patterns_of(urlconf: str) -> list[Pattern]:
    """Every pattern that a resolver knows, once for each set of arguments."""
    return list(dict.fromkeys(_patterns(get_resolver(urlconf), "", (), "/")))


def _patterns(resolver, namespace, before, above) -> Iterator[Pattern]:
    for entry in resolver.url_patterns:
        arguments, route = (*before, *_arguments(entry.pattern)), f"{above}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry, inner, arguments, route)
        elif entry.name:
            nameless = not arguments and not isinstance(entry.pattern, RoutePattern)
            is_nameless = nameless and entry.pattern.regex.groups > 0
            yield Pattern(namespace + entry.name, arguments, is_nameless)
        else:
            yield Pattern(getattr(entry.callback, "__module__", ""), (), False, route)


def _arguments(pattern):
    if isinstance(pattern, RoutePattern):
        return tuple(pattern.converters)
    return tuple(pattern.regex.groupindex)


class NotFilledError(AssertionError):
    """An argument of an address that `filling` does not know."""


def targets_in(world: World, urlconf: str) -> list[Target]:
    """What is asked for on a host with these addresses."""
    found = itertools.chain.from_iterable(_of_pattern(world, urlconf, one) for one in patterns_of(urlconf))
    extra = (*_bulk_actions(world, urlconf), *_by_hand(world))
    return list({target.url: target for target in (*found, *extra)}.values())


def _of_pattern(world, urlconf, pattern):
    if pattern.is_nameless or pattern.name == "wagtail_bulk_action":
        return
    if pattern.route:
        url = re.sub(r"\(\?P<\w+>|[\^$)]", "", pattern.route).replace(".*", "nothing")
        yield Target(pattern.name, url, url, is_plain=True)
        return
    words = words_for(pattern.name, list(pattern.arguments))
    kinds = {one: kind_of(pattern.name, one) for one in pattern.arguments if one not in words}
    if unknown := [one for one, kind in kinds.items() if kind is None]:
        raise NotFilledError(f"{pattern.name}: {', '.join(unknown)}. Say in filling.py what stands there.")
    for choice in _choices(world, kinds):
        yield from _filled(world, urlconf, pattern, words, kinds, choice)


def _choices(world, kinds) -> Iterator[frozenset[str]]:
    """Which arguments name something of the neighbour's: all, and, where there are several, each alone."""
    foreign = frozenset(one for one, kind in kinds.items() if kind not in world.everybodys)
    yield foreign
    if len(foreign) > 1:
        yield from (frozenset([one]) for one in foreign)


def _filled(world, urlconf, pattern, words, kinds, foreign):
    def address(key: Callable) -> str:
        values = words | {one: key(one, kind) for one, kind in kinds.items()}
        try:
            return reverse(pattern.name, urlconf=urlconf, kwargs=values)
        except NoReverseMatch as error:
            raise NotFilledError(f"{pattern.name}: {values}. Say in filling.py what stands there.") from error

    url = address(lambda one, kind: world.key(kind, one in foreign))
    missing = address(lambda one, kind: NEVER_GIVEN if one in foreign else world.key(kind, False))
    keys = frozenset(str(world.key(kinds[one], True)) for one in foreign)
    plain = Target(pattern.name, url, missing, keys, is_plain=foreign == next(_choices(world, kinds)))
    yield plain
    own = kind_of(pattern.name, "pk") or _kind_listed(pattern.name)
    for query in queries_for(pattern.name):
        yield _with_query(world, plain, query.replace("{own}", f"{{{own}}}"))


def _kind_listed(name):
    """The kind of thing that a list without a key in its address is of."""
    listed = {"images": "image", "docs": "document"}
    return next((kind for part, kind in listed.items() if part in name), "draft")


def _with_query(world, target, query):
    asked = missing = query
    keys = set(target.keys)
    for kind in re.findall(r"\{(\w+)\}", query):
        key = str(world.key(kind, True))
        is_everybodys = kind in world.everybodys
        asked = asked.replace(f"{{{kind}}}", key)
        missing = missing.replace(f"{{{kind}}}", key if is_everybodys else str(NEVER_GIVEN))
        keys |= set() if is_everybodys else {key}
    return Target(target.name, f"{target.url}?{asked}", f"{target.missing}?{missing}", frozenset(keys))


def _bulk_actions(world, urlconf):
    if not _has(urlconf, "wagtail_bulk_action"):
        return
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    for app_label, models in bulk_action_registry.actions.items():
        for model_name, actions in models.items():
            for action in actions:
                names = (app_label, model_name, action)
                path = reverse("wagtail_bulk_action", urlconf=urlconf, args=names)
                plain = Target(f"wagtail_bulk_action {'.'.join(names)}", path, path)
                kind = BULK[model_name]
                alone = _with_query(world, plain, f"id={{{kind}}}")
                yield replace(alone, is_plain=True)
                yield _with_query(world, plain, f"id={world.key(kind, False)}&id={{{kind}}}")


def _has(urlconf, name):
    return any(pattern.name == name for pattern in patterns_of(urlconf))


def _by_hand(world):
    """What has no argument with a name: documents, pages by their path, and uploaded files."""
    side = world.neighbour
    for kind in ("document", "open_document"):
        one = side.things[kind]
        name = quote(one.filename)
        missing = f"/documents/{NEVER_GIVEN}/{name}"
        keys = frozenset([str(one.pk)])
        yield Target("wagtaildocs_serve", f"/documents/{one.pk}/{name}", missing, keys, is_plain=True)
    for kind in ("page", "draft", "scheduled", "private", "post", "treatment"):
        page = side.things[kind]
        path = page.get_url_parts()[2] if page.get_url_parts() else f"/{page.slug}/"
        yield Target("wagtail_serve", path, "/there-is-no-such-page/", is_plain=True)
    for kind in ("image", "document", "upload"):
        file = side.things[kind].file
        missing = re.sub(r"[^/]+$", "there-is-no-such-file.txt", file.url)
        yield Target("media", file.url, missing, is_plain=True)
