"""The kinds of value an environment variable may hold: how one is read, and what a good one looks like."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

LABEL = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
HOST = re.compile(rf"\.?{LABEL}(\.{LABEL})*", re.IGNORECASE)
YES = ("yes", "true", "on", "1")
NO = ("no", "false", "off", "0")


@dataclass(frozen=True)
class Kind:
    """How the text of a variable becomes a value. `read` raises ValueError with what is wrong."""

    word: str
    read: Callable[[str], Any]
    is_secret: bool = False


def _yes_no(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise ValueError("is neither yes nor no")
    return text.lower() in YES


def _whole_number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("is not a whole number of 0 or more")
    return int(text)


def _host(text: str) -> str:
    if not HOST.fullmatch(text):
        raise ValueError("is not a host name (leave out https://, the port and any path)")
    return text.lower()


def _hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if not hosts:
        raise ValueError("names no host")
    return [host if host == "*" else _host(host) for host in hosts]


def _database(text: str) -> dict[str, Any]:
    if urlsplit(text).scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError("does not begin with sqlite:// or postgres://")
    config: dict[str, Any] = Env.db_url_config(text)
    if config["NAME"] in ("", ":memory:"):
        raise ValueError("names no database")
    return config


def _redis(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("redis", "rediss", "unix"):
        raise ValueError("does not begin with redis://, rediss:// or unix://")
    if not (parts.hostname or parts.path):
        raise ValueError("names no server")
    _ = parts.port
    return text


def _email(text: str) -> dict[str, Any]:
    config: dict[str, Any] = Env.email_url_config(text)
    if config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]:
        raise ValueError("names no mail server")
    return config


def _sender(text: str) -> str:
    _, address = parseaddr(text)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError("holds no e-mail address")
    return text


def _contact(text: str) -> str:
    if re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", text):
        return f"mailto:{text}"
    if not text.startswith("https://"):
        raise ValueError("is neither an e-mail address nor an address beginning with https://")
    return _web_address(text)


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not a full address beginning with https:// or http://")
    _ = parts.port
    return text.rstrip("/")


def _address_prefix(text: str) -> str:
    if not text.endswith("/"):
        raise ValueError("does not end with a slash")
    if not text.startswith("/"):
        return f"{_web_address(text)}/"
    return text


def one_of(*words: str) -> Kind:
    """A kind that accepts exactly these words."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"is none of: {', '.join(words)}")
        return text

    return Kind(f"one of {', '.join(words)}", read)


TEXT = Kind("text", str)
SECRET = Kind("secret text", str, is_secret=True)
YES_NO = Kind("yes or no", _yes_no)
WHOLE_NUMBER = Kind("whole number", _whole_number)
HOST_NAME = Kind("host name", _host)
HOST_NAMES = Kind("host names, separated by commas", _hosts)
DATABASE = Kind("database address", _database, is_secret=True)
REDIS = Kind("Redis address", _redis, is_secret=True)
EMAIL = Kind("mail server address", _email, is_secret=True)
CONTACT = Kind("e-mail address or https address", _contact)
SENDER = Kind("e-mail sender", _sender)
WEB_ADDRESS = Kind("web address", _web_address)
ADDRESS_PREFIX = Kind("path or web address ending in /", _address_prefix)
PATH = Kind("folder", str)


def read_value(kind: Kind, text: str) -> Any:
    """The value of `text` as this kind, or ValueError with one clear clause on what is wrong."""
    try:
        return kind.read(text)
    except ImproperlyConfigured as error:
        raise ValueError(f"is not a {kind.word}") from error
