"""Background work of the library. Runs in `manage.py run_worker` in production, else at once."""

from django.apps import apps
from django.db.models.signals import m2m_changed, post_save
from django_tasks import task
from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished

from clinicsite.core.background import queue
from clinicsite.library.included import pages_including
from clinicsite.library.models.releases import Release
from clinicsite.library.search_index import index_batch
from clinicsite.library.tree import is_library_page

BATCH = 200


@task()
def index_followers(library_model: str, library_page_id: int, after_pk: int = 0) -> None:
    """Bring the search index up to date for the followers of a library page, a batch of them.

    `library_model` is the page type's label, such as "clinicsite_modalities.modalitypage"; `after_pk` is the
    key of the last follower that is done. A full batch queues the next one. Running it twice does no harm,
    and pages that have gone meanwhile are left out.
    """
    model = apps.get_model(library_model)
    library_page = model.objects.filter(pk=library_page_id).first()
    found = model.objects.filter(library_page=library_page_id, pk__gt=after_pk).order_by("pk")
    followers = list(found[:BATCH])
    if library_page is None or not followers:
        return
    index_batch(followers, library_page)
    if len(followers) == BATCH:
        index_followers.enqueue(library_model, library_page_id, followers[-1].pk)


def queue_indexing(library_page: Page) -> None:
    """Have the followers of a library page indexed once the change is committed: one task for all."""
    queue(index_followers, library_page._meta.label_lower, library_page.pk)


def included_words_changed(signs: Page) -> None:
    """Date and index the pages that show these warning signs: what they say has changed with the signs."""
    pages = pages_including(signs)
    live = [page.pk for page in pages if page.live]
    Page.objects.filter(pk__in=live).update(last_published_at=signs.last_published_at)
    for page in pages:
        if is_library_page(page):
            queue_indexing(page)
    own = [page.pk for page in pages if not is_library_page(page)]
    queue(index_pages, own)


@task()
def index_pages(keys: list[int]) -> None:
    """Bring the search index up to date for pages of clinics that name warning signs themselves."""
    for page in Page.objects.filter(pk__in=keys).specific():
        index.insert_or_update_object(page)


def connect_signals() -> None:
    """Queue the indexing of followers whenever what they read changes: live, taken down, or on pilot."""
    for signal in (page_published, page_unpublished):
        signal.connect(_library_page_changed, dispatch_uid=f"library_index_followers_{id(signal)}")
    post_save.connect(_pilot_changed, sender=Release, dispatch_uid="library_index_pilot")
    m2m_changed.connect(_pilots_chosen, sender=Release.pilots.through, dispatch_uid="library_index_pilots")


def _library_page_changed(sender, instance, **kwargs):
    if not is_library_page(instance):
        return
    if instance.is_included:
        included_words_changed(instance)
    else:
        queue_indexing(instance)


def _pilot_changed(sender, instance, created, **kwargs):
    if instance.state == sender.State.ENDED and not created:
        queue_indexing(instance.page.specific)


def _pilots_chosen(sender, instance, action, **kwargs):
    if action == "post_add":
        queue_indexing(instance.page.specific)
