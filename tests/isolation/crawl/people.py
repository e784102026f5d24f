"""Who asks: each role of a clinic, and everybody else who has no business with its neighbour."""

from dataclasses import dataclass

from django.test import Client

from clinicsite.clinics.models import AgencyRole, ClinicRole
from clinicsite.clinics.roles import CLINICAL_REVIEWERS, LIBRARY_EDITORS
from clinicsite.core.conf import conf
from clinicsite.users.models import User
from tests.factories import UserFactory
from tests.isolation.crawl.words import AGENCYS, CLOSED, OPEN
from tests.isolation.crawl.world import World

#: The host of the admin in tests.
AGENCY = "localhost"
#: The roles of a clinic; whatever role is added is asked for too.
ROLES = tuple(ClinicRole.Role)


@dataclass
class Asker:
    """Somebody on a host.

    Args:
        words: whoever reads one of these has read what is not for them.
        knows_nothing: for whom what is the neighbour's must be as if it did not exist.
        is_thorough: who asks by every method, with every form; the others ask by fewer.
    """

    name: str
    host: str
    user: User | None = None
    words: tuple[str, ...] = (OPEN, CLOSED, AGENCYS)
    knows_nothing: bool = True
    is_thorough: bool = False

    @property
    def urlconf(self) -> str:
        return conf.admin_urlconf if self.host == AGENCY else conf.CLINIC_URLCONF

    def browser(self) -> Client:
        """A browser of theirs; what fails in it is an answer with the number 500."""
        browser = Client(HTTP_HOST=self.host, raise_request_exception=False)
        if self.user is not None:
            browser.force_login(self.user)
        return browser


#: Whoever asks, by name.
NAMES = (
    *(f"{role} of another clinic" for role in ROLES),
    "somebody of no clinic",
    "library editor",
    "clinical reviewer",
    "visitor on the agency's host",
    "visitor on another clinic's host",
    "owner on their own clinic's host",
    "visitor on the neighbour's host",
)


def askers(world: World) -> dict[str, Asker]:
    """Everybody of `NAMES`."""
    roles = ClinicRole.objects.filter(site=world.own.clinic.site).select_related("group")
    at_work = {one.role: UserFactory(username=f"own-{one.role}", groups=[one.group]) for one in roles}
    groups = {one.role: one.group for one in AgencyRole.objects.select_related("group")}
    own, neighbour = world.own.host, world.neighbour.host
    # The library's people work with every clinic, and know that it is there; they read nothing closed.
    library = {"words": (CLOSED,), "knows_nothing": False}
    found = [
        *((AGENCY, at_work[role], {"is_thorough": role == ROLES[0]}) for role in ROLES),
        (AGENCY, UserFactory(username="nobodys"), {}),
        *(
            (AGENCY, UserFactory(groups=[groups[role]]), library)
            for role in (LIBRARY_EDITORS, CLINICAL_REVIEWERS)
        ),
        (AGENCY, None, {}),
        (own, None, {}),
        (own, at_work[ROLES[0]], {}),
        # Its own patients read all that is open.
        (neighbour, None, {"words": (CLOSED, AGENCYS), "knows_nothing": False}),
    ]
    return {
        name: Asker(name, host, user, **more) for name, (host, user, more) in zip(NAMES, found, strict=True)
    }


def control() -> Asker:
    """A superuser, who shows what there is to be seen."""
    return Asker(
        "superuser", AGENCY, UserFactory(username="root", is_superuser=True), (), knows_nothing=False
    )
