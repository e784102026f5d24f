"""What somebody may name by its key in a form: what the choosers offer, and no other clinic's.

Two rules stand beside each other. Whoever signs in may name what they meet; and what is a clinic's names its
own things, the library's and what is nobody's, whoever saves it. Only what a save adds is judged, so that
what named something foreign before can still be edited.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, CharField, F, IntegerField, Model, Value
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Revision, Site, UploadedFile
from wagtail.permissions import policy_registry

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.apart import CONDITIONS, meets
from clinicsite.clinics.tenancy.choosers import may_choose_page
from clinicsite.clinics.tenancy.narrowing import ANY_USE
from clinicsite.clinics.tenancy.own_rows import own_kind_of, place_column, row_at, site_of
from clinicsite.clinics.tenancy.ownership import Side, holdings, is_in_ours, side_at, side_of_site
from clinicsite.clinics.tenancy.scope import person_at_work, scope_at_work
from clinicsite.core import site_roots, wagtail_private
from clinicsite.core.models.pages import PREFIX, BasePage
from clinicsite.core.rendering import key_or_none

#: (model, key as text) of something that is named.
Key = tuple[type[Model], str]


def kind_of(model: type) -> type | None:
    """The model by which things of this one are judged; None for what is anybody's to name."""
    if issubclass(model, Page):
        return Page
    if model in (get_image_model(), get_document_model()) or model in CONDITIONS:
        return model
    return own_kind_of(model)


def is_key(model: type[Model], value) -> bool:
    """Whether what was sent can be a key of a model at all; Wagtail and the database fail where it cannot."""
    is_numbered = isinstance(
        model._meta.pk.target_field if model._meta.pk.is_relation else model._meta.pk, IntegerField
    )
    return not is_numbered or key_or_none(value) is not None


@dataclass
class Naming:
    """One form being filled in by somebody, and what it may name."""

    user: Any
    #: Whose the form's object is; None for what is the project's own.
    side: Side | None
    form: Any
    #: What was judged before in the same request: forms of one page stand beside each other.
    before: "Naming | None" = None
    is_at_work: bool = False
    judged: dict[Key, bool] = field(default_factory=dict)

    @cached_property
    def is_judged(self) -> bool:
        """Whether anything is asked at all: the project's people name what they like, but nothing of ours."""
        return self.side is not None or scope_at_work(self.user).is_projects

    def permits(self, thing: Model) -> bool:
        """Whether the form may name a thing that is at hand; costs no query for each."""
        key = (kind_of(type(thing)), str(thing.pk))
        if key not in self.judged:
            self.judged[key] = self._is_offered(thing) or self._was_there(key, thing)
        return self.judged[key]

    def may_be_ticked(self, thing: Model) -> bool:
        """Whether one of those that a form lists itself may be ticked: the list is the offer."""
        return self._may_be_named(thing) or (kind_of(type(thing)), str(thing.pk)) in self.known

    def refused(self, keys: Iterable[Key]) -> set[Key]:
        """Those of the keys that may not be named, or that nothing has; one query for all of them."""
        wanted = {(kind, key) for model, key in keys if (kind := kind_of(model)) is not None}
        unknown = wanted - self.judged.keys()
        for thing in _found(unknown):
            self.permits(thing)
        for key in unknown - self.judged.keys():
            self.judged[key] = key in self.known
        return {key for key in wanted if not self.judged[key]}

    @cached_property
    def known(self) -> set[Key]:
        """What the object named when the form was opened: nobody is kept from saving that again."""
        earlier = self.before.known if self.before and self.before.side == self.side else set()
        rows = (row for formset in getattr(self.form, "formsets", {}).values() for row in formset.forms)
        return earlier | {key for one in (self.form, *rows) for key in _named_before(one)}

    @cached_property
    def taken_up_again(self) -> set[Key]:
        """What the older version names that the form was filled from; nothing for the newest."""
        key = key_or_none(self.form.data.get("revision"))
        if key is None or not isinstance(self.form.instance, Page) or not self.form.instance.pk:
            return set()
        revision = Revision.page_revisions.filter(object_id=str(self.form.instance.pk), pk=key).first()
        named = wagtail_private.references_of(revision.as_object()) if revision else ()
        models = ((ContentType.objects.get_for_id(kind).model_class(), pk) for kind, pk in named)
        return {(kind, pk) for model, pk in models if model and (kind := kind_of(model)) is not None}

    def _is_offered(self, thing):
        return self._may_be_named(thing) and (self.side is None or is_offered_to(self.user, thing))

    def _was_there(self, key, thing):
        return key in self.known or (self._may_be_named(thing) and key in self.taken_up_again)

    def _may_be_named(self, thing):
        if self.side is None:
            return not _is_of_ours(thing)
        if isinstance(thing, Site):
            return self.side.site_id in (None, thing.pk)
        return kind_of(type(thing)) in CONDITIONS or self.side.may_name(thing)


def is_offered_to(user, thing: Model) -> bool:
    """Whether a chooser of the admin offers somebody a page, a picture, a document or a row."""
    if isinstance(thing, Page):
        return may_choose_page(user, thing)
    if own_kind_of(type(thing)):
        return _is_of_their_clinics(user, thing)
    if type(thing) in CONDITIONS:
        return meets(user, type(thing), thing.pk)
    _keep_collection(thing)
    policy = policy_registry.get_by_type(type(thing))
    return policy.user_has_permission_for_instance(user, "choose", thing)


def is_met_by(user, thing: Model) -> bool:
    """Whether a chooser may show somebody what has been chosen: not a neighbour's, nor across the project."""
    if kind_of(type(thing)) is None or type(thing) in CONDITIONS:
        return True
    scope = scope_at_work(user)
    if scope.is_agencys:
        return True
    if scope.is_projects:
        return not _is_of_ours(thing)
    if isinstance(thing, Page):
        return scope.may_meet(thing.path)
    if own_kind_of(type(thing)):
        return _is_of_their_clinics(user, thing)
    return not holdings().owners.get(thing.collection_id) or is_offered_to(user, thing)


def _is_of_their_clinics(user, row):
    site_id = site_of(row)
    return site_id is None or scope_at_work(user).sites().filter(pk=site_id).exists()


def is_file_met(user, model: type[Model], key) -> bool:
    """Whether a picture, a document or an upload under way is there for somebody, by its key as it was sent.

    Whether people of the project around may do anything with one of theirs, is left to their own rules.
    """
    found = model._default_manager.filter(pk=key).first() if is_key(model, key) else None
    if found is None or model is UploadedFile:
        return found is not None and found.uploaded_by_user_id == user.pk
    if scope_at_work(user).is_projects and not is_in_ours(found.collection_id):
        return True
    policy = policy_registry.get_by_type(model)
    return policy.user_has_any_permission_for_instance(user, ANY_USE, found)


def is_address_met(address: str) -> bool:
    """Whether the editor may tell the person at work a page's full address; costs no query."""
    user, place = person_at_work.get(), site_roots.place_at(address)
    return user is None or not place or scope_at_work(user).may_meet(place)


def side_of(form) -> Side | None:
    """Whose the object of a form is; None for what is the project's own. No query as a rule."""
    instance, parent = form.instance, getattr(form, "parent_page", None)
    if isinstance(instance, Page):
        found = side_at(instance.path or getattr(parent, "path", ""))
        # Of ours, and nobody knows whose: it names what is everybody's.
        return Side() if found is None and isinstance(instance, BasePage) else found
    if page := _page_of_row(instance):
        return side_at(page.path)
    if not instance._meta.app_label.startswith(PREFIX):
        return None
    site_id = getattr(instance, "site_id", None)
    return side_of_site(site_id) if site_id else Side()


def _page_of_row(instance):
    """The page that a row stands below, as far as it is at hand."""
    keys = (one for one in instance._meta.concrete_fields if isinstance(one, ParentalKey))
    parents = (getattr(instance, one.name) for one in keys if one.is_cached(instance))
    return next((parent for parent in parents if isinstance(parent, Page)), None)


def _is_of_ours(thing):
    if isinstance(thing, Page):
        return trees.is_inside(thing.path)
    if own_kind_of(type(thing)):
        return thing._meta.app_label.startswith(PREFIX)
    # The project's own forms go on offering its rows as they did.
    return type(thing) not in CONDITIONS and is_in_ours(thing.collection_id)


def _keep_collection(thing):
    """Spare the policy the query for the collection: all that it asks of one is where it lies."""
    path = holdings().paths.get(thing.collection_id)
    if path is not None and not type(thing)._meta.get_field("collection").is_cached(thing):
        thing.collection = Collection(
            pk=thing.collection_id, path=path, depth=len(path) // Collection.steplen
        )


def _found(keys: Iterable[Key]) -> list[Model]:
    """What there is of these, as stand-ins that have all that is asked of them; one query."""
    by_kind = defaultdict(set)
    for kind, key in keys:
        if kind not in CONDITIONS and is_key(kind, key):
            by_kind[kind].add(key)
    queries = [_columns_of(kind, pks) for kind, pks in by_kind.items()]
    if not queries:
        return []
    kinds = {kind._meta.label: kind for kind in by_kind}
    return [_thing(kinds[label], *row) for label, *row in queries[0].union(*queries[1:], all=True)]


def _columns_of(kind, pks):
    text = CharField()
    place = place_column(kind) if own_kind_of(kind) else F("path" if kind is Page else "collection_id")
    columns = {
        "named_kind": Value(kind._meta.label, output_field=text),
        "named_key": Cast("pk", text),
        "named_place": Cast(place, text),
        "named_live": Cast("live", BooleanField()) if kind is Page else Value(True),
    }
    return kind.objects.order_by().filter(pk__in=pks).annotate(**columns).values_list(*columns)


def _thing(kind, key, place, is_live):
    if kind is Page:
        return Page(pk=int(key), path=place, live=is_live)
    if own_kind_of(kind):
        return row_at(kind, key, place)
    return kind(pk=kind._meta.pk.to_python(key), collection_id=int(place))


def _named_before(form):
    for name, value in form.initial.items():
        field = _field_named(form, name)
        if field is None or value is None:
            continue
        if field.is_relation and (kind := kind_of(field.related_model)) is not None:
            values = value if isinstance(value, list | tuple) else [value]
            yield from ((kind, str(getattr(one, "pk", one))) for one in values)
        for model, key, _path in wagtail_private.references_in(field, value):
            if (kind := kind_of(model)) is not None:
                yield kind, key


def _field_named(form, name):
    fields = {one.name: one for one in form.instance._meta.get_fields() if hasattr(one, "attname")}
    return fields.get(name)
