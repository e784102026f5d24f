"""The leak test: whoever has no business with a clinic learns nothing of it and changes nothing, anywhere.

See docs/reference/testing.md, “The leak test”.
"""

import pytest

from tests.isolation.crawl.exceptions import JUDGED, left_of, needed_for
from tests.isolation.crawl.people import NAMES, askers

pytestmark = pytest.mark.indexed

#: The share of addresses with a key in them at which the control must come to something. The others, such as
#: the cancelling of what nobody has begun, prove nothing, and are printed.
LIVE_AT_LEAST = 0.7
#: Wagtail's own: one that exists to fail, and a step that wants what the step before it kept.
BREAK = ("/admin/failwhale/", "/admin/redirects/import/process/")


@pytest.fixture(scope="module")
def people(crawl):
    return askers(crawl.world)


def test_the_control_is_led_to_what_the_addresses_are_filled_with(db, crawl):
    crawl.see_as(crawl.control)
    live = [name for name in crawl.result.keyed if crawl.result.is_live(name)]
    assert len(live) >= LIVE_AT_LEAST * len(crawl.result.keyed), f"Only {len(live)} lead somewhere."


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_learned_or_changed(db, crawl, people, name):
    before = len(crawl.result.leaks)
    crawl.ask_as(people[name])
    leaks = left_of(crawl.result.leaks[before:])
    assert not leaks, "\n".join([f"{len(leaks)} leaks:", *map(str, leaks[:40])])


def test_nothing_breaks_whoever_asks(db, crawl):
    broken = {one for one in crawl.result.broken if not any(path in one for path in BREAK)}
    assert not broken, "\n".join(sorted(broken)[:40])


def test_the_counts(db, crawl, capsys):
    with capsys.disabled():
        print(f"\nLeak test: {crawl.result}, of which {len(left_of(crawl.result.leaks))} count.")
        dead = sorted(name for name in crawl.result.keyed if not crawl.result.is_live(name))
        print(f"Nothing to be seen or changed even by a superuser: {', '.join(dead)}.")
    assert set(JUDGED) == needed_for(crawl.result.leaks)
