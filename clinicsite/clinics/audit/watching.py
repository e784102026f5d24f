"""What is written into the audit log by itself, wherever in the product it happens."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import m2m_changed, post_save
from django.http import HttpRequest
from wagtail.models import Page, PageLogEntry

from clinicsite.clinics.audit.log import Kind, address_at_work, record, site_at_work
from clinicsite.clinics.models.roles import ClinicRole
from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.in_admin import is_in_admin
from clinicsite.clinics.tenancy.scope import person_at_work
from clinicsite.core.senders import client_address

CHANGES = {"post_add": "Given", "post_remove": "Taken away", "pre_clear": "Taken away"}
#: Action of Wagtail's own log -> what it is in ours.
FOLLOWED: dict[str, Kind] = {}


def follow(action: str, kind: Kind) -> None:
    """Have what is logged of a page of the library under this action stand in the audit log too."""
    FOLLOWED[action] = kind


def connect() -> None:
    """Watch sign-ins, roles, settings and what rooms above have asked for."""
    user_logged_in.connect(_signed_in, dispatch_uid="clinicsite_audit_in")
    user_login_failed.connect(_failed, dispatch_uid="clinicsite_audit_failed")
    m2m_changed.connect(_roles, sender=get_user_model().groups.through, dispatch_uid="clinicsite_audit_roles")
    post_save.connect(_settings, sender=ClinicSettings, dispatch_uid="clinicsite_audit_settings")
    post_save.connect(_logged, sender=PageLogEntry, dispatch_uid="clinicsite_audit_logged")


class AuditMiddleware:
    """Notes each file that the admin gives somebody to download; stands after the gate."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = address_at_work.set(client_address(request))
        try:
            response = self.get_response(request)
        finally:
            address_at_work.reset(token)
        if _is_download(response) and is_in_admin(request) and request.user.is_authenticated:
            file = response.headers["Content-Disposition"].rpartition("filename=")[2].strip('"')
            record(
                Kind.EXPORT, file, site_id=site_at_work(request.user), person=request.user, request=request
            )
        return response


def _is_download(response):
    return response.headers.get("Content-Disposition", "").startswith("attachment")


def _signed_in(sender, request, user, **kwargs):
    if isinstance(request, HttpRequest) and is_in_admin(request):
        record(Kind.SIGN_IN, site_id=site_at_work(user), person=user, request=request)


def _failed(sender, credentials, request=None, **kwargs):
    if not (isinstance(request, HttpRequest) and is_in_admin(request)):
        return
    model = get_user_model()
    typed = str(credentials.get(model.USERNAME_FIELD) or credentials.get("username") or "")
    person = model.objects.filter(**{model.USERNAME_FIELD: typed}).first()
    # An owner is told of tries at the accounts of the own people, and nobody of what else was typed.
    sites = ClinicRole.objects.filter(group__user=person).values_list("site", flat=True).distinct()
    for site_id in list(sites) if person else [None]:
        record(Kind.FAILED_SIGN_IN, site_id=site_id, person=person, request=request, name=typed)


def _roles(instance, action, reverse, pk_set, **kwargs):
    if action not in CHANGES or (action != "pre_clear" and not pk_set):
        return
    people, groups = _people_and_groups(instance, reverse, pk_set)
    roles = {role.group_id: role for role in ClinicRole.objects.filter(group__in=groups)}
    for person in people:
        for group in groups:
            role = roles.get(group.pk)
            name = role.get_role_display() if role else group.name
            about = f"{CHANGES[action]}: {name}, {person.get_username()}"
            record(Kind.RIGHTS, about, site_id=role and role.site_id)


def _people_and_groups(instance, is_of_group, keys):
    if is_of_group:
        people = get_user_model().objects.filter(pk__in=keys) if keys else instance.user_set.all()
        return list(people), [instance]
    return [instance], list(Group.objects.filter(pk__in=keys) if keys else instance.groups.all())


def _settings(instance, raw, **kwargs):
    # A command that makes a clinic is no change of anybody's.
    if not raw and person_at_work.get() is not None:
        record(Kind.SETTINGS, f"Settings of {instance.name}", site_id=instance.site_id)


def _logged(instance, created, **kwargs):
    kind = FOLLOWED.get(instance.action) if created else None
    if kind is None:
        return
    paths = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True)
    if any(trees.is_shared(path) for path in paths):
        record(kind, f"{instance.message}: {instance.label}", person=instance.user)
