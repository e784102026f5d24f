"""A shared cache in Redis whose loss no patient notices: pages go on from the database.

Django's own backend fails with its server: a Redis that is gone answers every page with an error, one that
hangs does so after seconds. This one waits half a second, says so in the log once, and leaves the server
alone for ten seconds at a time. Meanwhile each process remembers for itself, as it does where there is no
Redis.
"""

import logging
from collections.abc import Callable, Collection
from threading import Lock
from time import monotonic
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

#: How long, in seconds, a connection, and then an answer, is waited for.
PATIENCE = 0.5
#: For how long, in seconds, servers that have not answered are left alone.
LEFT_ALONE = 10
#: How many things a process remembers meanwhile.
MOST_REMEMBERED = 10_000


class RedisOrMemoryCache(RedisCache):
    """Django's cache in Redis, and a memory of the process while that does not answer.

    `clear` alone fails with the server: whoever empties a cache must know that it is not empty.
    """

    def __init__(self, server, params):
        options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE} | params.get("OPTIONS", {})
        super().__init__(server, params | {"OPTIONS": options})
        self._class = _Client


class Outage:
    """Whether the servers of a cache answer, as one process knows it, and what it remembers meanwhile."""

    def __init__(self, servers: tuple[str, ...]):
        self.memory = LocMemCache(f"clinicsite {servers}", {"max_entries": MOST_REMEMBERED})
        self._lock = Lock()
        self._ask_again_at: float | None = None
        self._changed: set[str] = set()

    def begin(self, error: RedisError) -> None:
        """Leave the servers alone from now on."""
        with self._lock:
            if self._ask_again_at is None:
                # What the last outage has left is old by now.
                self.memory.clear()
                logger.error(
                    "The shared cache does not answer (%s: %s). Until it does, this process remembers for "
                    "itself.",
                    type(error).__name__,
                    error,
                )
            self._ask_again_at = monotonic() + LEFT_ALONE

    def lasts(self, forget: Callable[[Collection[str]], object]) -> bool:
        """Whether to do without the servers. One caller at a time finds out, while the others go on.

        `forget` asks the servers to delete these keys, or just to answer where there are none: what has been
        changed without them is out of date there.
        """
        with self._lock:
            if self._ask_again_at is None:
                return False
            if monotonic() < self._ask_again_at:
                return True
            self._ask_again_at = monotonic() + LEFT_ALONE
        try:
            while not self._has_ended(forget):
                continue
        except RedisError:
            return True
        logger.warning("The shared cache answers again.")
        return False

    def note(self, keys: Collection[str]) -> bool:
        """Remember keys to be forgotten at the servers once they answer; false if they do again already."""
        with self._lock:
            if self._ask_again_at is not None:
                self._changed.update(keys)
            return self._ask_again_at is not None

    def _has_ended(self, forget) -> bool:
        """Have what was changed forgotten; false if more has been changed in that moment."""
        changed = set(self._changed)
        forget(changed)
        with self._lock:
            self._changed -= changed
            if not self._changed:
                self._ask_again_at = None
            return not self._changed


_outages: dict[tuple[str, ...], Outage] = {}


class _Client(RedisCacheClient):
    """Talks to Redis, or to the memory of the process while Redis does not answer."""

    def __init__(self, servers, **options):
        super().__init__(servers, **options)
        # One for all caches of these servers, in all threads.
        self._outage = _outages.setdefault(tuple(servers), Outage(tuple(servers)))

    def add(self, key, value, timeout):
        return self._do("add", (), key, value, timeout)

    def get(self, key, default):
        return self._do("get", (), key, default)

    def set(self, key, value, timeout):
        return self._do("set", (key,), key, value, timeout)

    def touch(self, key, timeout):
        return self._do("touch", (), key, timeout)

    def delete(self, key):
        return self._do("delete", (key,), key)

    def get_many(self, keys):
        return self._do("get_many", (), keys)

    def has_key(self, key):
        return self._do("has_key", (), key)

    def incr(self, key, delta):
        return self._do("incr", (), key, delta)

    def set_many(self, data, timeout):
        return self._do("set_many", data.keys(), data, timeout)

    def delete_many(self, keys):
        return self._do("delete_many", keys, keys)

    def _do(self, method: str, changed: Collection[str], *arguments: Any) -> Any:
        """Ask the servers, or the memory. What `add` and `incr` do there need not be undone here later."""
        outage = self._outage
        if not outage.lasts(self._forget):
            try:
                return getattr(super(), method)(*arguments)
            except RedisError as error:
                outage.begin(error)
        if changed and not outage.note(changed):
            return self._do(method, changed, *arguments)
        return getattr(outage.memory, method)(*arguments)

    def _forget(self, keys: Collection[str]) -> None:
        client = self.get_client(write=True)
        if keys:
            client.delete(*keys)
        else:
            client.ping()
