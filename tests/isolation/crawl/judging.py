"""What of an answer is a leak."""

from dataclasses import dataclass

from tests.isolation.crawl.addresses import Target
from tests.isolation.crawl.asking import Answer, without
from tests.isolation.crawl.people import Asker
from tests.isolation.crawl.words import keys_in, words_in

SERVER_ERROR = 500


@dataclass(frozen=True)
class Leak:
    """Something of the neighbour's that somebody learned or changed."""

    who: str
    method: str
    name: str
    url: str
    what: str

    def __str__(self):
        return f"{self.who}: {self.method} {self.url} ({self.name}): {self.what}"


def leaks_in(asker: Asker, method: str, target: Target, answer: Answer, missing: Answer | None) -> list[Leak]:
    """What is wrong with an answer.

    Args:
        missing: the answer at the same address for what never was; None where there is nothing to compare.
    """
    found = [f"changed: {one}" for one in answer.changes]
    if answer.status >= SERVER_ERROR:
        # A server that fails keeps nothing back by design.
        found.append(f"failed with {answer.status}")
    text = without(answer.text, target.url, target.keys)
    if words := words_in(text, asker.words):
        found.append(f"names {', '.join(sorted(words))} ({answer.status}) {_around(text, words)}")
    elif asker.knows_nothing and (keys := keys_in(text)):
        found.append(f"names keys {', '.join(sorted(keys))} ({answer.status})")
    if missing is not None:
        differs = _difference(
            answer.compared(target.url, target.keys), missing.compared(target.missing, target.nevers)
        )
        if differs:
            found.append(f"is not answered as if it did not exist: {differs}")
    return [Leak(asker.name, method, target.name, target.url, what) for what in found]


def _difference(answer: tuple, missing: tuple) -> str:
    if answer == missing:
        return ""
    if answer[0] != missing[0]:
        return f"{answer[0]} against {missing[0]}"
    if len(answer) != len(missing):
        return f"{answer[0]}, with other messages or mails"
    one, other = next((one, other) for one, other in zip(answer, missing, strict=True) if one != other)
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start, end = max(0, place - 30), place + 40
    return f"{answer[0]}, “{one[start:end]}” against “{other[start:end]}”"


def _around(text, words):
    place = text.lower().index(next(iter(words)))
    return "“" + " ".join(text[max(0, place - 50) : place + 30].split()) + "”"
