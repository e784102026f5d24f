"""Every form of the admin names only what it may: the rule, put round Wagtail's own forms once at start.

A page, a setting and a record alike, and the rows that each carries; saved, published, previewed or kept by
the editor as somebody types. What may not be named is refused where it was put, in the same words as
something that was never there.
"""

from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from wagtail.blocks.list_block import ListBlockValidationError, ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from clinicsite.clinics.tenancy.naming import Naming, is_key, is_met_by, kind_of, side_of
from clinicsite.clinics.tenancy.scope import person_at_work
from clinicsite.core import wagtail_private

REFUSED = "This cannot be chosen here. Choose one of those that are offered."
REFUSED_IN_TEXT = (
    "A link in this text leads to something that cannot be chosen here. Take it out, or choose again."
)

_naming: ContextVar[Naming | None] = ContextVar("clinicsite_naming", default=None)


def judge_what_forms_name() -> None:
    """Put the rule into Wagtail's forms, blocks and choosers."""
    wagtail_private.judge_forms(_is_valid, _clean, _judge_texts)
    wagtail_private.judge_choosers(_chosen, REFUSED, _is_shown, is_key)


def _is_valid(form, own):
    """A form's own way to say whether it is valid, its rows being judged as a part of it."""
    naming = None if _at_work() else _begun_for(form)
    if naming is None:
        return own()
    naming.is_at_work = True
    try:
        return own()
    finally:
        naming.is_at_work = False


def _clean(form, own):
    """Clean a form, or one of its rows, its choices being judged field by field."""
    naming = _at_work()
    if naming is None and (naming := _begun_for(form)) is None:
        return own()
    for one in form.fields.values():
        if isinstance(one, ModelChoiceField) and naming.is_judged and kind_of(one.queryset.model):
            _judge_field(one, naming)
    was_at_work, naming.is_at_work = naming.is_at_work, True
    try:
        return own()
    finally:
        naming.is_at_work = was_at_work


def _begun_for(form):
    """What is judged from now on in this request; stays, for the form may be shown again with a mistake."""
    user = getattr(form, "for_user", None) or person_at_work.get()
    if user is None or not form.is_bound:
        return None
    before = _naming.get()
    _naming.set(Naming(user, side_of(form), form, before if before and before.user is user else None))
    return _naming.get()


def _at_work():
    naming = _naming.get()
    return naming if naming is not None and naming.is_at_work else None


def _of_this_request():
    naming = _naming.get()
    is_current = naming is not None and (naming.is_at_work or naming.user is person_at_work.get())
    return naming if is_current and naming.is_judged else None


def _judge_field(field, naming):
    if naming.side is not None and not _has_words_of_its_own(field):
        field.error_messages = {
            **field.error_messages,
            "invalid_choice": REFUSED,
            "invalid_pk_value": REFUSED,
        }
    clean, model = field.clean, field.queryset.model
    is_by_key = field.to_field_name in (None, model._meta.pk.name)

    def clean_keys(value):
        sent = value if isinstance(value, list | tuple) else [value]
        # The database fails where a number is too large for it.
        if is_by_key and not all(one in field.empty_values or is_key(model, one) for one in sent):
            words = field.error_messages["invalid_choice"]
            raise ValidationError(words, code="invalid_choice", params={"value": value})
        return clean(value)

    def validate(thing):
        if not naming.permits(thing):
            raise ValidationError(field.error_messages["invalid_choice"], code="invalid_choice")

    field.clean = clean_keys
    if not isinstance(field, ModelMultipleChoiceField):
        field.validators = [*field.validators, validate]


def _has_words_of_its_own(field):
    return field.error_messages["invalid_choice"] != type(field).default_error_messages["invalid_choice"]


def _chosen(model, value, find):
    """What a chooser in a block has for what was sent; see `wagtail_private.judge_choosers`."""
    naming = _of_this_request()
    if naming is None or kind_of(model) is None or value in (None, ""):
        return find()
    can_be_found = isinstance(value, model) or is_key(model, value)
    found = find() if can_be_found or naming.side is None else None
    if found is not None and naming.permits(found):
        return found
    return None if naming.side is None else wagtail_private.NOT_THERE


def _is_shown(thing):
    user = person_at_work.get()
    return user is None or is_met_by(user, thing)


def _judge_texts(form):
    """Refuse what texts link to, and what is ticked, before it gets into the object of a form."""
    naming = _of_this_request()
    if naming is None:
        return
    for name, field in form.fields.items():
        if isinstance(field, ModelMultipleChoiceField) and kind_of(field.queryset.model):
            _judge_ticks(form, name, naming)
    named = {name: _named_in(form, name) for name in form.cleaned_data if name in form.fields}
    refused = naming.refused((model, key) for found in named.values() for model, key, _path in found)
    for name, found in named.items():
        paths = [path for model, key, path in found if (kind_of(model), key) in refused]
        if paths:
            form.add_error(name, _error_for(form.cleaned_data[name], paths))


def _judge_ticks(form, name, naming):
    if not all(naming.may_be_ticked(thing) for thing in form.cleaned_data.get(name) or ()):
        form.add_error(name, REFUSED)


def _named_in(form, name):
    fields = {one.name: one for one in form._meta.model._meta.concrete_fields}
    return wagtail_private.references_in(fields.get(name), form.cleaned_data[name])


def _error_for(value, paths):
    """The refusal at the place of each link: nested as the blocks are, or for a text that is a field."""
    if isinstance(value, StreamValue):
        return StreamBlockValidationError(_by_step(value, paths, _place_in_stream))
    if isinstance(value, ListValue):
        return ListBlockValidationError(_by_step(value, paths, _place_in_list))
    if isinstance(value, dict):
        return StructBlockValidationError(_by_step(value, paths, lambda struct, step: (step, struct[step])))
    return ValidationError(REFUSED_IN_TEXT)


def _by_step(value, paths, find):
    errors = {}
    for step in {path[0] for path in paths}:
        place, inner = find(value, step)
        errors[place] = _error_for(inner, [path[1:] for path in paths if path[0] == step])
    return errors


def _place_in_stream(stream, step):
    return next((place, one.value) for place, one in enumerate(stream) if one.id == step)


def _place_in_list(found, step):
    return next((place, one.value) for place, one in enumerate(found.bound_blocks) if one.id == step)
