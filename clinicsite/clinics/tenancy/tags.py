"""Which tags somebody meets: those on what they meet. A tag is one row for everybody, and is nobody's own."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from taggit.models import GenericTaggedItemBase, ItemBase, Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.collections import collection_ids
from clinicsite.clinics.tenancy.narrowing import ANY_USE
from clinicsite.clinics.tenancy.scope import person_at_work, scope_at_work
from clinicsite.core import wagtail_private

#: {model of tags: keys of some of them}
Tags = dict[type[Model], set[int]]


def tags_met_by(user, tag_model: type[Model]) -> QuerySet:
    """The tags of a model that stand on something that a person meets; none for somebody who meets nothing.

    People of the project around get theirs as before, but for those that only clinics use.
    """
    tags, scope = tag_model._default_manager.all(), scope_at_work(user)
    if scope.is_everything:
        return tags
    met, used = Q(pk__in=[]), Q(pk__in=[])
    for through in _through_models(tag_model):
        met |= Q(pk__in=through.objects.filter(_on_what_is_met(user, through)).values("tag"))
        used |= Q(pk__in=through.objects.values("tag"))
    return tags.filter(met | ~used if scope.is_projects else met)


def popular_tags_met_by(user, model: type[Model], count: int) -> QuerySet:
    """The tags that stand most often on things of a model that a person meets."""
    items = Q(
        taggit_taggeditem_items__content_type=ContentType.objects.get_for_model(model),
        taggit_taggeditem_items__object_id__in=_met(user, model).values("pk"),
    )
    tags = Tag.objects.filter(items).annotate(item_count=Count("taggit_taggeditem_items", filter=items))
    return tags.order_by("-item_count", "name")[:count]


def narrow_popular_tags() -> None:
    """Have the admin name what is popular among what somebody meets, once at start."""

    def choose(model, count, own):
        user = person_at_work.get()
        if user is None or scope_at_work(user).is_everything:
            return own(model, count)
        return popular_tags_met_by(user, model, count)

    wagtail_private.choose_popular_tags_by(choose)


def tags_on(pages: QuerySet, files: Iterable[QuerySet]) -> Tags:
    """The tags of these pages, and of these pictures and documents."""
    found: Tags = {}
    things = {Page: pages, **{one.model: one for one in files}}
    for through in (one for one in apps.get_models() if issubclass(one, ItemBase)):
        tags = found.setdefault(through.tag_model(), set())
        for rows in _rows_on(through, things):
            tags.update(rows.values_list("tag_id", flat=True))
    return found


def forget_unused(tags: Tags) -> None:
    """Delete those of the tags that stand on nothing any more."""
    for tag_model, keys in tags.items():
        left = tag_model._default_manager.filter(pk__in=keys)
        for through in _through_models(tag_model):
            left = left.exclude(pk__in=through.objects.values("tag"))
        left.delete()


def _rows_on(through, things) -> Iterator[QuerySet]:
    if issubclass(through, GenericTaggedItemBase):
        for model, rows in things.items():
            kind = ContentType.objects.get_for_model(model)
            yield through.objects.filter(
                content_type=kind, object_id__in=list(rows.values_list("pk", flat=True))
            )
        return
    tagged = through._meta.get_field("content_object").related_model
    for model, rows in things.items():
        if issubclass(tagged, model):
            yield through.objects.filter(content_object__in=list(rows.values_list("pk", flat=True)))


def _through_models(tag_model):
    return [one for one in apps.get_models() if issubclass(one, ItemBase) and one.tag_model() is tag_model]


def _on_what_is_met(user, through):
    """The condition that a row says of something somebody meets which tag it has."""
    if not issubclass(through, GenericTaggedItemBase):
        return Q(content_object__in=_met(user, through._meta.get_field("content_object").related_model))
    files = {ContentType.objects.get_for_model(one): one for one in (get_image_model(), get_document_model())}
    found = ~Q(content_type__in=files) if scope_at_work(user).is_projects else Q(pk__in=[])
    for kind, model in files.items():
        found |= Q(content_type=kind, object_id__in=_met(user, model).values("pk"))
    return found


def _met(user, model):
    """What a person meets of a model that can have tags."""
    rows, scope = model._default_manager.all(), scope_at_work(user)
    if scope.is_everything:
        return rows
    if issubclass(model, Page):
        if scope.is_projects:
            return rows.exclude(trees.inside(trees.tree_paths()))
        shared = [path for path in trees.tree_paths() if trees.is_shared(path)]
        return rows.filter(trees.inside(scope.root_paths) | trees.inside(shared) & Q(live=True))
    if model not in (get_image_model(), get_document_model()):
        return rows if scope.is_projects else rows.none()
    if scope.is_projects:
        return rows.exclude(collection__in=collection_ids())
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ANY_USE)
