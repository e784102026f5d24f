"""The demo's logins."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from clinicsite.demo.records import make_once
from clinicsite.users.models import User


@dataclass(frozen=True)
class Login:
    """A login as the command prints it."""

    username: str
    role: str


def ensure_login(username: str, role: str, password: str, groups=(), **fields) -> Login:
    """Make a login once and give it its groups; a password somebody has changed stays."""
    user = make_once(f"user/{username}", lambda: _create(username, password, fields))
    user.groups.set(groups)
    return Login(username, role)


def _create(username, password, fields):
    user = User(username=username, password=_hash_of(password), **fields)
    user.full_clean()
    user.save()
    return user


@cache
def _hash_of(password):
    """One hash for all: it is slow by design, and the password is everybody's."""
    return make_password(password)
