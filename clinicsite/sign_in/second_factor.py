"""Who needs a second factor beside the password: something that whoever guessed the password has not got.

CLINICSITE["SECOND_FACTOR"] says it for all: nobody, the agency (who works for it, or in the library), or
everybody. A clinic's settings can ask its own people besides.
"""

from enum import StrEnum

from allauth.mfa.models import Authenticator

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.core.conf import conf

#: Where a session holds whether it lacks a second factor that it needs; none has this but by our sign-in.
LACKS = "clinicsite_lacks_second_factor"
#: Of whom that was decided: a superuser, or not.
DECIDED_OF = "clinicsite_decided_of_superuser"


class Whose(StrEnum):
    """Who has to have a second factor, whatever the clinics ask."""

    NOBODY = "nobody"
    AGENCY = "agency"
    EVERYBODY = "everybody"


#: The kinds that count. Codes on paper come with them, and are no factor by themselves.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_needed_by(user) -> bool:
    """Whether a person may do nothing in the admin without one."""
    if conf.SECOND_FACTOR == Whose.EVERYBODY:
        return True
    scope = scope_at_work(user)
    if conf.SECOND_FACTOR == Whose.AGENCY and (scope.is_agencys or scope.is_networks):
        return True
    return ClinicSettings.objects.filter(
        needs_second_factor=True, site__clinicsite_roles__group__user=user
    ).exists()


def has(user) -> bool:
    """Whether a person has one."""
    return Authenticator.objects.filter(user=user, type__in=KINDS).exists()


def is_last(authenticator: Authenticator) -> bool:
    """Whether a person would be without one if this went."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=KINDS)
    return authenticator.type in KINDS and not others.exclude(pk=authenticator.pk).exists()


def decide(request) -> bool:
    """Note in the session whether its person lacks a second factor that they need."""
    session, user = request.session, request.user
    session[LACKS] = is_needed_by(user) and not has(user)
    session[DECIDED_OF] = user.is_superuser
    return session[LACKS]
