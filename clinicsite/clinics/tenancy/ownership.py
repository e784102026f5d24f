"""Whose a picture, a document or a page is: by the collection it lies in, or its place in the tree.

The one rule for what may be named in a form, for what is shown to patients and for what is given out.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission, Page

from clinicsite.clinics.tenancy import collections, trees
from clinicsite.clinics.tenancy.own_rows import own_kind_of, site_of
from clinicsite.core import site_roots
from clinicsite.core.conf import conf
from clinicsite.core.page_reading import register_structure
from clinicsite.core.rendering import current_rendering

KEY = "clinicsite:collection-owners"


@dataclass(frozen=True)
class Holdings:
    """All collections, read at once.

    `paths` has the tree path of each by its key; `owners` the keys of the sites whose people work in one, or
    in one that it lies in; `ours` those of the clinics and the library; `private` those that are behind a
    restriction, with what lies in them.
    """

    paths: dict[int, str] = field(default_factory=dict)
    owners: dict[int, frozenset[int]] = field(default_factory=dict)
    ours: frozenset[int] = frozenset()
    private: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Side:
    """Whose a page or a form is: a clinic's (`site_id`), or what all clinics share where there is none.

    `root_path` is the tree path of the top of its pages; empty for what has none.
    """

    site_id: int | None = None
    root_path: str = ""

    def holds(self, path: str) -> bool:
        """Whether a page of this tree path may stand in its texts and lists: its own, or the library's."""
        is_own = bool(self.root_path) and path.startswith(self.root_path)
        return is_own or trees.is_shared(path)

    def may_name(self, thing) -> bool:
        """Whether a picture, a document, a page or a clinic's row may be named by what is on this side.

        No query, but for a row that was not read for judging.
        """
        if own_kind_of(type(thing)):
            return site_of(thing) in (None, self.site_id)
        if isinstance(thing, Page):
            return self.holds(thing.path)
        if isinstance(thing, get_document_model()):
            return may_give_document(thing.collection_id, self.site_id)
        return may_show_picture(thing.collection_id, self.site_id)


def side_at(path: str) -> Side | None:
    """Whose a page of this tree path is; None for one that lies in no tree of ours. No query as a rule."""
    if not path or not trees.is_inside(path):
        return None
    if site := site_roots.site_at(path):
        return Side(*site)
    # The library, or a clinic that has no site yet: what lies below the folder at the top.
    top = next(top for top in trees.tree_paths() if path.startswith(top))
    return Side(None, top if trees.is_shared(path) else path[: len(top) + Page.steplen])


def side_of_site(site_id: int) -> Side:
    """The side of a clinic, for what belongs to it and is no page, such as its settings."""
    return Side(site_id, site_roots.place_of(site_id))


def holdings() -> Holdings:
    """All collections and whose they are; no query as a rule, and read once for a page."""
    return current_rendering().remember(KEY, lambda: cache.get_or_set(KEY, _read, trees.SECONDS))


def owners_of(collection_id: int) -> frozenset[int]:
    """The keys of the sites whose people work in a collection; none for one that is nobody's own."""
    return holdings().owners.get(collection_id, frozenset())


def is_in_ours(collection_id: int) -> bool:
    """Whether a collection is a clinic's or the library's, and not the project's own."""
    return collection_id in holdings().ours


def may_show_picture(collection_id: int, site_id: int | None) -> bool:
    """Whether pictures of a collection may stand on pages of a clinic, or of the library (None).

    A clinic's stand on its own pages alone; others wherever the project has not closed them off.
    """
    owners = owners_of(collection_id)
    known = holdings()
    is_open = collection_id in known.ours or collection_id not in known.private
    return site_id in owners if owners else is_open


def may_give_document(collection_id: int, site_id: int | None) -> bool:
    """Whether a clinic's host gives a document of a collection out, or the library (None) may link to it.

    A clinic's is given out on its own host, the library's on every clinic's. Where there is no project
    around, what lies in no clinic's collection is for all of them.
    """
    owners = owners_of(collection_id)
    return site_id in owners if owners else bool(conf.AGENCY_HOST) or is_in_ours(collection_id)


def forget(**kwargs) -> None:
    """Read the collections again, now and once the change under way is there for everybody."""
    trees.forget(KEY)
    current_rendering().remembered.pop(KEY, None)


def connect_signals() -> None:
    """Read the collections again whenever one, a restriction or a role comes, goes or changes."""
    register_structure(KEY)
    # By name: the models of the roles stand above this package.
    for model in (Collection, CollectionViewRestriction, "clinicsite_clinics.ClinicRole"):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=model, dispatch_uid=f"clinicsite_owners_{model}_{id(signal)}")
    collections.when_forgotten(forget)


def _read():
    paths = dict(Collection.objects.values_list("pk", "path"))
    ours = frozenset(collections.collection_ids())
    return Holdings(paths, dict(_owners(paths)), ours, frozenset(_private(paths)))


def _owners(paths):
    # The collection at the top holds everybody's: a grant there makes nobody the owner.
    grants = GroupCollectionPermission.objects.filter(
        group__clinicsite_role__isnull=False, collection__depth__gt=1
    )
    sites = defaultdict(set)
    for site_id, path in grants.values_list("group__clinicsite_role__site_id", "collection__path").distinct():
        sites[path].add(site_id)
    for key, path in paths.items():
        steps = (path[:end] for end in range(Collection.steplen, len(path) + 1, Collection.steplen))
        if found := frozenset().union(*(sites[step] for step in steps if step in sites)):
            yield key, found


def _private(paths):
    closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    return (key for key, path in paths.items() if path.startswith(closed))
