"""Giving a clinic another name, wherever it goes by its name."""

from django.db import transaction
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.provisioning.clinics import collections_of


@transaction.atomic
def rename_clinic(site: Site, name: str, *, by=None) -> None:
    """Rename a clinic: for its patients, in lists of the admin, and what was called by its old name.

    Its addresses stay; words that somebody has typed on its pages are left as they are. Does not ask whether
    `by` may do this: whoever calls has.
    """
    was = site.site_name
    for settings in ClinicSettings.objects.filter(site=site):
        settings.name = name
        settings.save()
    site.site_name = name
    site.save()
    _rename_front(Page.objects.get(pk=site.root_page_id).specific, was, name, by)
    for collection in collections_of(site):
        if collection.name == was:
            collection.name = name
            collection.save()


def _rename_front(home, was, name, by):
    """A draft that is under way stays one, under the new name."""
    if home.title != was:
        return
    draft = home.get_latest_revision_as_object() if home.has_unpublished_changes else None
    home.title = name
    home.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    if draft is not None:
        draft.title = name if draft.title == was else draft.title
        draft.save_revision(user=by)
