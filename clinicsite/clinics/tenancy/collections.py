"""Pictures and documents of the clinics and the library: whoever works on the project around meets none."""

from collections.abc import Callable, Iterable

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.chosen import of_groups_here
from clinicsite.clinics.tenancy.policies import put_before
from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.core.page_reading import register_structure
from clinicsite.core.permissions import is_reading

KEY = "clinicsite:collections"
#: Gives the keys of groups that are the product's.
_sources: list[Callable[[], Iterable[int]]] = []
#: What else is read again with the collections.
_with_them: list[Callable[[], None]] = []


def register_own_groups(source: Callable[[], Iterable[int]]) -> None:
    """Say which groups are ours. The roles do: they stand above this package."""
    if source not in _sources:
        _sources.append(source)


def own_group_ids() -> set[int]:
    """The keys of every group that is ours."""
    return {key for keys_of_groups in _sources for key in keys_of_groups()}


def collection_paths() -> tuple[str, ...]:
    """The tree paths of collections in which groups of ours work and nobody else does; no query as a rule."""
    return tuple(cache.get_or_set(KEY, _read, trees.SECONDS).values())


def collection_ids() -> list[int]:
    """Their keys, by which pictures and documents can be searched too."""
    return list(cache.get_or_set(KEY, _read, trees.SECONDS))


def own_collections(groups) -> list[Collection]:
    """The collections below the top in which only these groups hold grants, and those inside them."""
    grants = GroupCollectionPermission.objects.exclude(collection__depth=1)
    own = set(grants.filter(group__in=groups).values_list("collection__path", flat=True))
    # Who looks after a network works in its clinics' collections, and takes none from them.
    others = grants.exclude(group__in=groups).filter(group__clinicsite_network_role=None)
    shared = set(others.values_list("collection__path", flat=True))
    inside = trees.inside(own - shared)
    return list(Collection.objects.filter(inside).exclude(path__in=shared).order_by("path"))


class FilesApartMixin:
    """Who may do what with pictures or documents: a grant on the top collection reaches none of ours."""

    def get_cached_permissions_for_user(self, user):
        return of_groups_here(user, super().get_cached_permissions_for_user(user))

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, _with_reading(user, actions))

    def collections_user_has_any_permission_for(self, user, actions):
        actions = _with_reading(user, actions)
        return _left_to(user, super().collections_user_has_any_permission_for(user, actions))

    def instances_user_has_any_permission_for(self, user, actions):
        actions = _with_reading(user, actions)
        found = super().instances_user_has_any_permission_for(user, actions)
        return found.exclude(collection__in=collection_ids()) if meets_none(user) else found

    def user_has_any_permission_for_instance(self, user, actions, instance):
        may = super().user_has_any_permission_for_instance(user, actions, instance)
        return may and not (meets_none(user) and instance.collection.path.startswith(collection_paths()))


def _with_reading(user, actions):
    """Files are listed for whoever may change them; where nothing is sent, for authors and auditors too."""
    if not is_reading(user):
        return actions
    scope = scope_at_work(user)
    return {*actions, "choose"} if scope.root_paths and not scope.publishes else actions


class CollectionsApartMixin:
    """Who may arrange which collections."""

    def instances_user_has_any_permission_for(self, user, actions):
        return _left_to(user, super().instances_user_has_any_permission_for(user, actions))

    def instances_user_has_permission_for(self, user, action):
        return _left_to(user, super().instances_user_has_permission_for(user, action))


def meets_none(user) -> bool:
    """Whether somebody works on the project around, and so meets no picture or document of ours."""
    return not user.is_superuser and scope_at_work(user).is_projects


def _left_to(user, found):
    return found.exclude(trees.inside(collection_paths())) if meets_none(user) else found


def register_policies() -> None:
    """Put the rule into Wagtail's registry; the policies that are there go on being asked."""
    for model in (get_image_model(), get_document_model()):
        put_before(model, FilesApartMixin)
    put_before(Collection, CollectionsApartMixin)


def connect_signals() -> None:
    """Read the collections again whenever a grant on one comes or goes."""
    register_structure(KEY)
    for signal in (post_save, post_delete):
        signal.connect(
            _changed, sender=GroupCollectionPermission, dispatch_uid=f"clinicsite_collections_{id(signal)}"
        )


def forget() -> None:
    """Read the collections again; for code that makes many grants at once, of which no signal tells."""
    trees.forget(KEY)
    for also in _with_them:
        also()


def when_forgotten(also: Callable[[], None]) -> None:
    """Have this done too whenever the collections are to be read again."""
    if also not in _with_them:
        _with_them.append(also)


def _changed(**kwargs):
    forget()


def _read():
    groups = own_group_ids()
    return {collection.pk: collection.path for collection in own_collections(groups)}
