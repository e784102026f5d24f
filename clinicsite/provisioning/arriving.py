"""New pages of a starter pack arrive on the sites of the clinics that have chosen so.

A page is new to a clinic once: what its people delete, or have declined, does not come again.
"""

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.signals import page_published

from clinicsite.core.background import queue
from clinicsite.library.joining.adding import Offers, published_in_library
from clinicsite.library.models import ChosenPack, DeclinedPage, StarterPackRow
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.provisioning.pages import LivePages, follower_of


def connect_signals() -> None:
    """Look whether a page is new to somebody when a pack gets one, and when a page of a pack goes live."""
    post_save.connect(_row_saved, sender=StarterPackRow, dispatch_uid="clinicsite_arriving_row")
    page_published.connect(_page_published, dispatch_uid="clinicsite_arriving_page")


@task()
def bring_new_pages(pack_id: int) -> None:
    """Give each clinic that takes new pages of a pack those that are new to it."""
    chosen = ChosenPack.objects.filter(pack=pack_id, takes_new_pages=True).order_by("pk")
    for key in list(chosen.values_list("pk", flat=True)):
        with transaction.atomic():
            # One clinic waits for nobody else's; two tasks at once bring a page once.
            locked = ChosenPack.objects.select_for_update(of=["self"]).select_related("site__root_page")
            _bring(locked.get(pk=key))


def _bring(choice):
    wanted = set(choice.pack.rows.values_list("page_id", flat=True)) - set(choice.brought)
    new = [
        page for model in shared_page_models() for page in published_in_library(model).filter(pk__in=wanted)
    ]
    declined = set(DeclinedPage.objects.filter(site=choice.site).values_list("library_page_id", flat=True))
    places, live = Offers(choice.site).places, LivePages()
    for source in new:
        place = places[type(source)].parent
        if place is not None and source.pk not in declined and not _follows(choice.site, source):
            live.add(place, follower_of(source, place))
    live.finish()
    if new:
        choice.brought = sorted({*choice.brought, *(page.pk for page in new)})
        choice.save(update_fields=["brought"])


def _follows(site, source):
    return type(source).objects.of_site(site).filter(library_page=source).exists()


def _row_saved(instance, raw=False, **kwargs):
    if not raw:
        queue(bring_new_pages, instance.pack_id)


def _page_published(instance, **kwargs):
    # A page that was live already is new to nobody. Saving it has left there what was live until now.
    was_live = bool(getattr(instance, "version_before", None))
    if getattr(instance, "is_library_page", False) and not was_live:
        for pack_id in StarterPackRow.objects.filter(page=instance.pk).values_list("pack_id", flat=True):
            queue(bring_new_pages, pack_id)
