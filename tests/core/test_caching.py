"""A Redis that is lost, that hangs and that comes back, under the pages and forms of a clinic."""

import logging
import threading
import time

import pytest
from django.core.cache import cache, caches
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from clinicsite.core import caching
from clinicsite.core.caching import LEFT_ALONE, PATIENCE
from tests.redis_server import RedisServer


@pytest.fixture
def asked_at_once(monkeypatch):
    """A server that did not answer is asked again with the next call."""
    monkeypatch.setattr(caching, "LEFT_ALONE", 0)


gone = pytest.mark.parametrize("fail", [RedisServer.kill, RedisServer.hang])


def seconds_of(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def lines_of(caplog):
    return [(one.levelno, one.getMessage()[:32]) for one in caplog.records if one.name == caching.__name__]


class TestPages:
    @gone
    def test_pages_go_on_and_the_log_has_one_line(self, redis, clinic, visit, caplog, fail):
        assert visit("/").status_code == 200
        fail(redis)
        with caplog.at_level(logging.WARNING):
            assert [visit("/").status_code for _ in range(5)] == [200] * 5
        assert lines_of(caplog) == [(logging.ERROR, "The shared cache does not answer")]

    def test_one_page_waits_for_a_hanging_server_and_the_next_do_not(self, redis, clinic, visit):
        visit("/")
        usual = seconds_of(lambda: visit("/"))
        redis.hang()
        first = seconds_of(lambda: visit("/"))
        later = seconds_of(lambda: [visit("/") for _ in range(3)])
        assert PATIENCE <= first < usual + 2 * PATIENCE + 0.5
        assert later < PATIENCE + 3 * (usual + 0.2)

    @pytest.mark.usefixtures("asked_at_once")
    @pytest.mark.parametrize(
        ("fail", "bring_back"), [(RedisServer.kill, RedisServer.start), (RedisServer.hang, RedisServer.go_on)]
    )
    def test_the_server_is_used_again_once_it_is_back(self, redis, clinic, visit, caplog, fail, bring_back):
        fail(redis)
        visit("/")
        bring_back(redis)
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert visit("/").status_code == 200
        assert lines_of(caplog) == [(logging.WARNING, "The shared cache answers again.")]
        cache.set("clinicsite:test", "kept")
        assert Redis.from_url(redis.url).exists("default:1:clinicsite:test")


class TestWhatIsRemembered:
    def test_it_is_remembered_while_the_server_is_gone(self, redis):
        redis.kill()
        cache.set("a", 1)
        assert (cache.get("a"), cache.incr("a"), cache.add("a", 9), cache.get("b", "no")) == (
            1,
            2,
            False,
            "no",
        )
        cache.set_many({"b": 2, "c": 3}, 60)
        assert cache.get_many(["a", "b", "c", "d"]) == {"a": 2, "b": 2, "c": 3}
        cache.delete("b")
        cache.delete_many(["c"])
        assert (cache.touch("a", 60), cache.has_key("b"), cache.has_key("c")) == (True, False, False)
        with pytest.raises(ValueError, match="nothing"):
            cache.incr("nothing")

    @pytest.mark.usefixtures("asked_at_once")
    def test_what_changed_meanwhile_is_out_of_date_at_the_server(self, redis):
        cache.set_many({"changed": "old", "deleted": "old", "untouched": "old"}, 60)
        redis.hang()
        cache.set("changed", "new", 60)
        cache.delete("deleted")
        redis.go_on()
        assert cache.get_many(["changed", "deleted", "untouched"]) == {"untouched": "old"}

    @pytest.mark.usefixtures("asked_at_once")
    def test_a_second_outage_does_not_bring_back_what_the_first_remembered(self, redis):
        redis.kill()
        cache.set("a", "first outage")
        redis.start()
        assert cache.get("a") is None
        redis.kill()
        assert cache.get("a") is None

    def test_caches_of_one_server_wait_for_it_once(self, redis):
        redis.hang()
        assert PATIENCE <= seconds_of(lambda: cache.get("a")) < PATIENCE + 0.5
        assert seconds_of(lambda: caches["renditions"].get("a")) < PATIENCE / 2

    def test_the_server_is_left_alone_for_a_while(self, redis):
        redis.kill()
        cache.set("a", "remembered")
        redis.start()
        assert LEFT_ALONE == 10
        assert cache.get("a") == "remembered"

    def test_emptying_a_cache_that_is_gone_says_so(self, redis):
        redis.kill()
        with pytest.raises(RedisConnectionError):
            cache.clear()

    @pytest.mark.usefixtures("asked_at_once")
    def test_threads_that_meet_the_end_of_an_outage_lose_no_change(self, redis):
        keys = [f"key-{n}" for n in range(20)]
        cache.set_many(dict.fromkeys(keys, "old"), 60)
        redis.hang()
        cache.delete(keys[0])
        redis.go_on()
        workers = [threading.Thread(target=cache.delete, args=(key,)) for key in keys[1:]]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        assert cache.get_many(keys) == {}
