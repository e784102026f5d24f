"""A clinic's profile has a new version with each change to what every page of the clinic shows."""

from uuid import uuid4

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from clinicsite.clinics.models.groups import ClinicGroup
from clinicsite.clinics.models.notices import Notice
from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.models.settings_rows import Insurer, SocialLink
from clinicsite.core import site_roots
from clinicsite.core.models.pages import BasePage, is_of_ours
from clinicsite.core.page_cache.changes import changing
from clinicsite.core.page_cache.owners import site_name


def bump_version(site_ids) -> None:
    """Say that something shown on every page of these clinics has changed."""
    with changing(map(site_name, site_ids), ClinicSettings._meta.db_table):
        ClinicSettings.objects.filter(site_id__in=site_ids).update(version=uuid4().hex)


def connect_signals() -> None:
    """Count every change that can show in a profile."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_page_changed, dispatch_uid=f"clinic_profile_{id(signal)}")
    for signal in (post_save, post_delete):
        signal.connect(_row_changed, dispatch_uid=f"clinic_profile_row_{id(signal)}")
    connect_groups_and_notices()
    # Once a picture is deleted, nothing says any more whose logo it was.
    for signal in (post_save, pre_delete):
        signal.connect(
            _image_changed, sender=get_image_model(), dispatch_uid=f"clinic_profile_image_{id(signal)}"
        )


def connect_groups_and_notices() -> None:
    """Count what the agency says on the sites of many clinics."""
    for signal in (post_save, pre_delete):
        signal.connect(_group_changed, sender=ClinicGroup, dispatch_uid=f"clinic_profile_group_{id(signal)}")
        signal.connect(_notices_changed, sender=Notice, dispatch_uid=f"clinic_profile_notice_{id(signal)}")
    m2m_changed.connect(
        _members_changed, sender=ClinicGroup.sites.through, dispatch_uid="clinic_profile_members"
    )
    for through in (Notice.sites.through, Notice.groups.through):
        m2m_changed.connect(
            _notices_changed, sender=through, dispatch_uid=f"clinic_profile_{through.__name__}"
        )


def _group_changed(instance, **kwargs):
    bump_version(list(instance.sites.values_list("pk", flat=True)))


def _members_changed(instance, action, pk_set, **kwargs):
    # Notices too are for whoever is in a group.
    if action in ("post_add", "post_remove", "pre_clear"):
        is_clinic = isinstance(instance, Site)
        members = pk_set or instance.sites.values_list("pk", flat=True) if not is_clinic else [instance.pk]
        bump_version(list(members))


def _notices_changed(**kwargs):
    # Whom it was for until now nothing says any more, and there are few of them.
    bump_version(list(ClinicSettings.objects.values_list("site_id", flat=True)))


def _page_changed(sender, instance, parent_page_before=None, **kwargs):
    if not is_of_ours(instance):
        return
    if parent_page_before is None and site_roots.url_parts(instance.url_path) is None:
        # No clinic shows a page of the library, and the library's pages are published most.
        return
    bump_version(_site_ids_above(instance))
    if parent_page_before is not None:
        # A page that has moved away must vanish from the clinic it came from, too.
        bump_version(_site_ids_above(parent_page_before))


def _row_changed(sender, instance, **kwargs):
    if isinstance(instance, ClinicSettings):
        bump_version([instance.site_id])
    elif isinstance(instance, Insurer | SocialLink):
        bump_version([instance.clinic.site_id])
    elif isinstance(instance, Site):
        bump_version([instance.pk])
    elif isinstance(instance, BasePage) and (kwargs.get("signal") is post_delete or kwargs.get("created")):
        bump_version(_site_ids_above(instance))
    elif isinstance(instance, PageViewRestriction):
        for page in Page.objects.filter(pk=instance.page_id):
            bump_version(_site_ids_above(page))


def _image_changed(sender, instance, **kwargs):
    shown = ClinicSettings.objects.filter(Q(logo=instance) | Q(favicon=instance))
    bump_version(list(shown.values_list("site_id", flat=True)))


def _site_ids_above(page) -> list[int]:
    return list(
        Site.objects.filter(root_page__in=page.get_ancestors(inclusive=True)).values_list("pk", flat=True)
    )
