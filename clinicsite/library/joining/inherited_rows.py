"""The rows below a page that it reads of the library: its own once it leaves, given back once it returns."""

from copy import copy

from modelcluster.models import get_serializable_data_for_fields

from clinicsite.core.site_roots import tree_root
from clinicsite.library.shared_pages.page import SharedPage

#: In which a row differs from its copy.
NOT_COPIED = ("pk", "id", "page", "sort_order")


def copy_inherited(page: SharedPage) -> dict[str, list[dict]]:
    """Give a page its own copy of each row it reads of the library; returns {relation: their values}.

    A copy names the clinic's own pages where the row names library pages that they follow.
    """
    copied = {}
    for name in page.inherited_children:
        own = getattr(page, name)
        keys = {row.inheritance_key for row in own.all()}
        rows = [_copy_for(page, row) for row in getattr(page.library_source, name).all()]
        rows = [row for row in rows if row.inheritance_key not in keys]
        own.add(*rows)
        if rows:
            copied[name] = [_values_of(row) for row in rows]
    return copied


def give_back(page: SharedPage, copied) -> None:
    """Drop the rows that were copied when the page left and have not been changed since."""
    for name, values in copied.items():
        own = getattr(page, name, None)
        for row in list(own.all()) if own is not None else ():
            if _values_of(row) in values:
                own.remove(row)


def _copy_for(page, row):
    other = copy(row)
    other.pk, other.page_id = None, None
    other._state = copy(row._state)
    other._state.adding = True
    for field in row._meta.fields:
        if field.name != "page" and hasattr(field.related_model, "library_page"):
            own = _followers(field.related_model, getattr(row, field.attname), page).first()
            setattr(other, field.attname, own.pk if own else getattr(row, field.attname))
    return other


def _followers(model, key, page):
    return model._default_manager.standing_for([key]).descendant_of(tree_root(page))


def _values_of(row):
    values = get_serializable_data_for_fields(row)
    return {name: value for name, value in values.items() if name not in NOT_COPIED}
