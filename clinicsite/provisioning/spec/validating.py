"""All that is wrong with a spec, field by field, before anything is written."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import validate_email
from wagtail.models import Page

from clinicsite.clinics import hosts
from clinicsite.clinics.host_names import host_as_stored, validate_host
from clinicsite.clinics.models import ClinicRole, NetworkPage, SiteState
from clinicsite.core.pictures.forms import PictureField
from clinicsite.home.models import HomePage
from clinicsite.provisioning.people import people_with
from clinicsite.provisioning.rich_text import links_in

from . import groups
from .drafts import Drafts, clinic_slug, slug_of
from .faults import Fault
from .following import Following
from .groups import with_defaults
from .hosts import site_on
from .parts import ClinicSpec, PictureSpec

NO_NETWORK = "There is no network yet. Run `manage.py setup_agency` first."
TAKEN = "There is a clinic “{slug}” already, on {host}. Write another slug, or that host."
NO_ALT = "Say in a few words what the picture shows, for people who cannot see it."


def validate(spec: ClinicSpec) -> list[Fault]:
    """What keeps a clinic from being made of a spec, each with its field; empty where nothing does.

    Writes nothing. What somebody else does afterwards, such as taking the host, is found when it is made.
    """
    spec = with_defaults(spec)
    return [*Drafts(spec).faults, *faults_around(spec)]


def faults_around(spec: ClinicSpec) -> list[Fault]:
    """What is wrong with a spec beside the values of its fields: what is taken, missing, or there twice."""
    checks = (_place, _names_twice, groups.faults, _library, _references, _logins, _pictures)
    return [Fault(path, sentence) for check in checks for path, sentence in check(spec)]


def network_of(spec: ClinicSpec) -> NetworkPage | None:
    """The network that the clinic is to lie in."""
    networks = NetworkPage.objects.order_by("path")
    return networks.filter(slug=spec.network).first() if spec.network else networks.first()


def home_of(spec: ClinicSpec) -> Page | None:
    """The page that has the clinic's place in the tree already."""
    network = network_of(spec)
    return network and network.get_children().filter(slug=clinic_slug(spec)).first()


def _place(spec) -> Iterator[tuple[str, str]]:
    """The clinic's place in the tree, and its host."""
    if network_of(spec) is None:
        named = f"There is no network “{spec.network}”."
        yield "network", named if spec.network and NetworkPage.objects.exists() else NO_NETWORK
    home = home_of(spec)
    if home is not None and not isinstance(home.specific, HomePage):
        yield "slug", f"“{home.title}” is at this place in the tree, and is no clinic. Write another slug."
    if spec.state == SiteState.SUSPENDED:
        yield "state", "A clinic is made as draft, staging or live. It is suspended under “Launch”."
    if not 0 <= spec.port <= 65535:
        yield "port", "A port is a number up to 65535."
    if spec.host:
        yield from _host(spec, home)
    own = home.sites_rooted_here.first() if home is not None else None
    yield from _further_hosts(spec, own)


def _further_hosts(spec, own):
    seen = {host_as_stored(spec.host): "host"}
    for number, host in enumerate(spec.hosts):
        path = f"hosts[{number}]"
        try:
            validate_host(host)
        except ValidationError as error:
            yield path, " ".join(error.messages)
            continue
        name = host_as_stored(host)
        first = seen.setdefault(name, path)
        if first != path:
            yield path, f"This is there already, as {first}."
        elif taken := hosts.who_has(name, own):
            yield path, f"{host} is a host of “{taken}” already."


def _host(spec, home):
    try:
        validate_host(spec.host)
    except ValidationError as error:
        yield "host", " ".join(error.messages)
        return
    site = site_on(spec.host)
    if site is not None and (home is None or site.root_page_id != home.pk):
        yield "host", f"{spec.host} is the host of “{site.site_name or site.root_page.title}” already."
    own = home.sites_rooted_here.first() if home is not None else None
    if site is None and (taken := hosts.who_has(host_as_stored(spec.host), own)):
        yield "host", f"{spec.host} is a host of “{taken}” already."
    elif site is None and own is not None and host_as_stored(spec.host) not in hosts.hosts_of(own):
        yield "slug", TAKEN.format(slug=clinic_slug(spec), host=own.hostname)


def _names_twice(spec):
    for name, parts in (("locations", spec.locations), ("people", spec.people)):
        seen: dict[str, int] = {}
        for number, part in enumerate(parts):
            first = seen.setdefault(slug_of(part), number)
            if first != number:
                yield f"{name}[{number}].slug", f"{name}[{first}] has this address already. Write another."


def _library(spec):
    """The library's pages, and the starter pack."""
    yield from Following(spec).faults()


def _references(spec):
    """What the parts of a spec name of each other."""
    follows = Following(spec)
    places = {slug_of(place) for place in spec.locations}
    treatments, conditions = follows.slugs("treatments"), follows.slugs("conditions")
    yield from _unknown("front.treatments", spec.front.treatments, treatments, "treatment")
    yield from _unknown("front.conditions", spec.front.conditions, conditions, "condition")
    for number, place in enumerate(spec.locations):
        yield from _unknown(
            f"locations[{number}].treatments", place.treatments or (), treatments, "treatment"
        )
    for number, person in enumerate(spec.people):
        here = f"people[{number}]"
        yield from _unknown(f"{here}.locations", person.locations or (), places, "location")
        yield from _unknown(f"{here}.treatments", person.treatments, treatments, "treatment")
    for path, text in _rich_texts(spec):
        for kind, slug in links_in(text):
            if slug not in follows.slugs(f"{kind}s"):
                yield path, f"This links to a {kind} “{slug}”, which this spec does not follow."
    if spec.takes_new_pages and not spec.pack:
        yield "takes_new_pages", "Pages arrive with a starter pack. Name one as pack, or leave this out."


def _rich_texts(spec):
    yield "front.introduction", spec.front.introduction
    yield from ((f"locations[{n}].access", place.access) for n, place in enumerate(spec.locations))
    yield from ((f"people[{n}].biography", person.biography) for n, person in enumerate(spec.people))


def _unknown(path, named, known, noun):
    for number, slug in enumerate(named):
        if slug not in known:
            close = get_close_matches(slug, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            yield f"{path}[{number}]", f"This spec has no {noun} “{slug}”.{hint}"


def _logins(spec):
    named = [("owner", spec.owner)] if spec.owner else []
    named += [(f"logins[{number}]", login) for number, login in enumerate(spec.logins)]
    seen: dict[str, str] = {}
    for path, login in named:
        yield from _login(path, login)
        first = seen.setdefault(login.email.lower(), path)
        if first != path:
            yield f"{path}.email", f"{first} has this address already."


def _login(path, login):
    if login.role not in ClinicRole.Role.values:
        yield f"{path}.role", f"“{login.role}” is none of these: {', '.join(ClinicRole.Role.values)}."
    elif path == "owner" and login.role != ClinicRole.Role.OWNER:
        yield "owner.role", "The owner’s role is owner. Others stand under logins."
    try:
        validate_email(login.email)
    except ValidationError as error:
        yield f"{path}.email", " ".join(error.messages)
        return
    for name in ("first_name", "last_name"):
        most = _longest(name)
        if most is not None and len(getattr(login, name)) > most:
            yield f"{path}.{name}", f"A name has {most} letters at most."
    people = people_with(login.email)
    if len(people) > 1:
        yield f"{path}.email", "Several people sign in with this address. Give the role to one in the admin."
    elif people and not people[0].is_active:
        yield f"{path}.email", "Whoever has this address may not sign in any more. Name somebody else."


def _longest(name):
    """How many letters a field of people has room for; None where the project's model has no such field."""
    known = {field.name: field for field in get_user_model()._meta.get_fields()}
    return getattr(known.get(name), "max_length", None)


def _pictures(spec):
    for path, picture in pictures_in(spec):
        try:
            content = Path(picture.file).read_bytes()
        except OSError as error:
            yield f"{path}.file", f"This file cannot be read: {error.strerror or error}."
            continue
        try:
            PictureField().clean(SimpleUploadedFile(picture.file, content))
        except ValidationError as error:
            yield f"{path}.file", " ".join(error.messages)
        # A mark stands beside the clinic's name, and may say nothing itself.
        if not picture.alt and not path.startswith("brand."):
            yield f"{path}.alt", NO_ALT


def pictures_in(spec: ClinicSpec) -> Iterator[tuple[str, PictureSpec]]:
    """(field, picture) of each picture that a spec names."""
    named = {
        "brand.logo": spec.brand.logo,
        "brand.favicon": spec.brand.favicon,
        "front.picture": spec.front.picture,
        **{f"locations[{n}].picture": place.picture for n, place in enumerate(spec.locations)},
        **{f"people[{n}].portrait": person.portrait for n, person in enumerate(spec.people)},
    }
    yield from ((path, picture) for path, picture in named.items() if picture is not None)
