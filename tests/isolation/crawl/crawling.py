"""Everybody asks for everything, by every method."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.isolation.crawl.addresses import Target, targets_in
from tests.isolation.crawl.asking import METHODS, Answer, Asking
from tests.isolation.crawl.belongings import Belongings
from tests.isolation.crawl.forms import form_of
from tests.isolation.crawl.judging import Leak, leaks_in
from tests.isolation.crawl.people import Asker
from tests.isolation.crawl.words import AGENCYS, CLOSED, OPEN, keys_in, words_in
from tests.isolation.crawl.world import World

#: What is asked by at every address that there is.
FIRST = ("GET", "POST")


@dataclass
class Result:
    """What a crawl came to.

    `keyed` are the names of addresses that name something of the neighbour's by its key, and `live` the
    (name, method) of those that led the control to something. `broken` is whatever answered anybody with an
    error of the server's.
    """

    leaks: list[Leak] = field(default_factory=list)
    patterns: set[str] = field(default_factory=set)
    keyed: set[str] = field(default_factory=set)
    live: set[tuple[str, str]] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    requests: int = 0

    def is_live(self, name: str) -> bool:
        """Whether an address of this name led the control to something, or changed something."""
        return any(name == one for one, _method in self.live)

    def __str__(self):
        return (
            f"{len(self.patterns)} patterns, {self.requests} requests, {len(self.live)} pairs of pattern and "
            f"method live in the control, {len(self.leaks)} leaks"
        )


@dataclass
class Crawl:
    """A crawl of a world; `forms` are those that the control was shown, by address.

    Args:
        is_whole: ask for everything as everybody. Else what is left out is what the same rule answers again:
            see `_is_asked`.
    """

    world: World
    control: Asker
    is_whole: bool = False
    belongings: Belongings = field(default_factory=Belongings)
    result: Result = field(default_factory=Result)
    forms: dict[str, dict] = field(default_factory=dict)

    def see_as(self, control: Asker) -> None:
        """What there is to see and to change, as somebody to whom all of it is open."""
        asking = Asking(control.browser(), self.belongings)
        for target in targets_in(self.world, control.urlconf):
            if target.names_something:
                self.result.keyed.add(target.name)
            if not (self.is_whole or target.is_plain or (target.name, "GET") not in self.result.live):
                continue
            answer = self._ask(asking, "GET", target.url)
            if _shows_something(answer):
                self.result.live.add((target.name, "GET"))
            if target.names_something and (form := form_of(answer.body)) is not None:
                self.forms[target.url] = form
                if self._ask(asking, "POST", target.url, form).changes:
                    self.result.live.add((target.name, "POST"))
            elif target.is_plain and self._ask(asking, "POST", target.url).changes:
                self.result.live.add((target.name, "POST"))

    def ask_as(self, asker: Asker, targets: Iterable[Target] | None = None) -> None:
        """Everything that somebody may ask for."""
        asking, known = Asking(asker.browser(), self.belongings), {}
        for target in targets_in(self.world, asker.urlconf) if targets is None else targets:
            self.result.patterns.add(target.name)
            for method in METHODS:
                if self._is_asked(asker, method, target):
                    for form in self._forms_for(asker, method, target):
                        self._compare(asker, asking, known, method, target, form)

    def _is_asked(self, asker, method, target):
        # What stands behind an address is asked for, and nothing but the address itself is posted to.
        is_elsewhere = method == "GET" or (method == "POST" and "?" not in target.url)
        is_thorough = asker.is_thorough and (target.is_plain or is_elsewhere)
        return self.is_whole or is_thorough or (method in FIRST and target.is_plain)

    def _forms_for(self, asker, method, target):
        if method != "POST" or target.url not in self.forms:
            return [None]
        is_sent_empty_too = self.is_whole or asker.is_thorough or not asker.knows_nothing
        return [None, self.forms[target.url]] if is_sent_empty_too else [self.forms[target.url]]

    def _compare(self, asker, asking, known, method, target, form):
        answer, missing = self._ask(asking, method, target.url, form), None
        is_compared = self.is_whole or method == "GET" or (asker.is_thorough and method == "POST")
        if asker.knows_nothing and target.names_something and is_compared:
            key = (method, target.missing, form is None)
            if key not in known:
                known[key] = self._ask(asking, method, target.missing, form)
            missing = known[key]
        self.result.leaks += leaks_in(asker, method, target, answer, missing)

    def _ask(self, asking, method, url, form=None) -> Answer:
        self.result.requests += 1
        answer = asking.ask(method, url, form)
        if answer.status >= 500:
            self.result.broken.add(
                f"{answer.status} {method} {url} as {asking.browser.session.get('_auth_user_id')}"
            )
        return answer


def _shows_something(answer):
    """Whether somebody got to see what an address is filled with, or a list of it."""
    return answer.status in (200, 302) and bool(
        keys_in(answer.text) or words_in(answer.text, (OPEN, CLOSED, AGENCYS))
    )
