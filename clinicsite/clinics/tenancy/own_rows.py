"""Records that are each one clinic's: a paper it has brought, or what a project's own model keeps for it.

A model says by which field its rows are a clinic's. Nothing is guessed: a project's model may well name a
clinic's page without being that clinic's, as a banner that leads there does.
"""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import F, Model
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, Site

from clinicsite.core import site_roots

#: Where the place of a row that was read for judging is kept on it.
_PLACE = "_clinicsite_place"


@dataclass(frozen=True)
class Rule:
    """How a row tells whose it is: by `column`, which has the tree path of a page, or the key of a site."""

    column: str
    is_path: bool


_rules: dict[type[Model], Rule] = {}


def register_own_rows(model: type[Model], clinic: str) -> None:
    """Say that each row of a model is a clinic's own, to be named by that clinic's pages and people alone.

    To be called in `ready` of the model's app. A row that has no clinic is anybody's.

    Args:
        clinic: the foreign key that says whose a row is: to a `Site`, to a page, whose clinic it is then, or
            to a clinic's settings.

    Raises:
        ImproperlyConfigured: where the field leads to none of these.
    """
    target = model._meta.get_field(clinic).related_model
    if not isinstance(target, type):
        raise ImproperlyConfigured(f"{model.__name__}.{clinic} is no foreign key to a model.")
    if issubclass(target, Page):
        _rules[model] = Rule(f"{clinic}__path", is_path=True)
    elif issubclass(target, Site):
        _rules[model] = Rule(f"{clinic}_id", is_path=False)
    elif issubclass(target, BaseSiteSetting):
        _rules[model] = Rule(f"{clinic}__site_id", is_path=False)
    else:
        raise ImproperlyConfigured(
            f"{model.__name__}.{clinic} leads to {target.__name__}, and not to a site, a page or settings."
        )


def own_kind_of(model: type) -> type[Model] | None:
    """The registered model that this one is, or derives from; None for any other."""
    return next((one for one in model.__mro__ if one in _rules), None)


def place_column(kind: type[Model]) -> F:
    """The column by which rows of a registered model tell their clinic."""
    return F(_rules[kind].column)


def row_at(kind: type[Model], key: str, place: str | None) -> Model:
    """A stand-in for a row that was read by its key and its column alone."""
    row = kind(pk=kind._meta.pk.to_python(key))
    setattr(row, _PLACE, place)
    return row


def site_of(row: Model) -> int | None:
    """The key of the site of the clinic whose row it is; None for one that is nobody's. One query at most."""
    kind = own_kind_of(type(row))
    rule = _rules[kind]
    if hasattr(row, _PLACE):
        place = getattr(row, _PLACE)
    else:
        place = kind._default_manager.filter(pk=row.pk).values_list(rule.column, flat=True).first()
    if place is None:
        return None
    if not rule.is_path:
        return int(place)
    found = site_roots.site_at(place)
    return found[0] if found else None
