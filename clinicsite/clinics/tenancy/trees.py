"""The parts of the tree of pages that are the product's: the library, and the networks of clinics."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from clinicsite.core.page_reading import register_structure

KEY = "clinicsite:trees"
#: How long a process without a shared cache may not know of a new library or network at the top of the tree.
SECONDS = 60

#: (app label, model) of the folders at the top: of clinics, and of what they share.
NETWORK = ("clinicsite_clinics", "networkpage")
_folders = {NETWORK}


def register_folder(model) -> None:
    """Say that such a page heads a tree of ours. The library does: it stands above this app."""
    _folders.add((model._meta.app_label, model._meta.model_name))


def is_folder(app_label: str, model_name: str) -> bool:
    """Whether pages of a type head a tree of ours; only the agency holds grants there."""
    return (app_label, model_name) in _folders


def tree_paths() -> tuple[str, ...]:
    """The tree paths of the outermost folders; no query as a rule."""
    return tuple(cache.get_or_set(KEY, _read, SECONDS))


def is_shared(path: str) -> bool:
    """Whether a page of this tree path lies in what all clinics read: a tree of ours that is no network."""
    kinds = cache.get_or_set(KEY, _read, SECONDS)
    return any(path.startswith(top) and kind != NETWORK for top, kind in kinds.items())


def is_inside(path: str) -> bool:
    """Whether a page of this tree path lies in a tree of ours, or heads it."""
    return path.startswith(tree_paths())


def inside(paths: Iterable[str], field: str = "path") -> Q:
    """The condition that a page lies below one of these paths, or there; none for no path."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def connect_signals() -> None:
    """Read the folders again whenever one comes, goes or moves."""
    register_structure(KEY)
    for signal in (post_save, post_delete):
        signal.connect(_changed, dispatch_uid=f"clinicsite_trees_{id(signal)}")
    post_page_move.connect(_changed, dispatch_uid="clinicsite_trees_move")


def _changed(sender, **kwargs):
    if is_folder(sender._meta.app_label, sender._meta.model_name):
        forget(KEY)


def forget(key: str) -> None:
    """Have what is kept under a key read again, now and once the change under way is there for everybody."""
    cache.delete(key)
    # Another process may read before this transaction ends, and would keep what it still sees.
    transaction.on_commit(lambda: cache.delete(key))


def _read():
    kinds = Q(pk__in=[])
    for app_label, model_name in _folders:
        kinds |= Q(content_type__app_label=app_label, content_type__model=model_name)
    pages = Page.objects.filter(kinds).order_by("path")
    outermost: dict[str, tuple[str, str]] = {}
    for path, *kind in pages.values_list("path", "content_type__app_label", "content_type__model"):
        if not outermost or not path.startswith(tuple(outermost)):
            outermost[path] = tuple(kind)
    return outermost
