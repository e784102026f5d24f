"""When a session ends before its time: when the person's roles change."""

from allauth.core import context
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_save

from clinicsite.clinics.models import ClinicSettings
from clinicsite.sign_in.second_factor import DECIDED_OF

CHANGES = ("post_add", "post_remove", "pre_clear")


def connect() -> None:
    """Watch people's groups, and what clinics ask of their people."""
    m2m_changed.connect(_end_where_roles_change, sender=get_user_model().groups.through)
    post_save.connect(_end_where_a_second_factor_is_asked, sender=ClinicSettings)


def end_sessions_of(users) -> None:
    """Have people sign in again; whoever does this goes on, and is judged anew at the next request.

    Args:
        users: a queryset of people, or a list of their keys.
    """
    own = getattr(context.request, "session", None)
    for session in UserSession.objects.filter(user__in=users):
        if own is not None and session.session_key == own.session_key:
            own[DECIDED_OF] = None
        else:
            session.end()


def _end_where_roles_change(instance, action, reverse, pk_set, **_signal):
    if action not in CHANGES or (action != "pre_clear" and not pk_set):
        return
    if not reverse:
        end_sessions_of([instance.pk])
    elif pk_set:
        end_sessions_of(list(pk_set))
    elif isinstance(instance, Group):
        end_sessions_of(instance.user_set.all())


def _end_where_a_second_factor_is_asked(instance, raw, **_signal):
    if instance.needs_second_factor and not raw:
        own = Q(groups__clinicsite_role__site=instance.site_id)
        without = get_user_model().objects.filter(own).exclude(authenticator__type__in=("totp", "webauthn"))
        end_sessions_of(without)
