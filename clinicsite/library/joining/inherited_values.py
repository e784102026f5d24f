"""Fields and lists of pages that a page reads from the library, made its own when it leaves, and given back.

Its rows, such as phone numbers, are in `inherited_rows`.
"""

from modelcluster.fields import ParentalManyToManyField

from clinicsite.core.site_roots import tree_root


def copy_values(page):
    """Make what the page inherits its own; returns {field: [as it was, as it is now]}."""
    claim = page.review_claim
    changed = {}
    for field in _inheriting_fields(page):
        was = getattr(page, field.attname)
        now = claim if field.name == "reviewed_on" else was
        if was is None and field.name != "reviewed_on":
            read = page.of_the_library(field.name)
            now = read.pk if field.many_to_one and read is not None else read
        if now != was:
            setattr(page, field.attname, now)
            changed[field.name] = [_text(was), _text(now)]
    return changed


def give_back(page, values):
    """Inherit again what has not been changed since `copy_values` answered `values`."""
    fields = {field.name: field for field in _inheriting_fields(page)}
    for name, (was, now) in values.items():
        field = fields.get(name)
        if field is not None and _text(getattr(page, field.attname)) == now:
            setattr(page, field.attname, None if was is None else field.to_python(was))


def copy_lists(page):
    """Make the library's lists of pages the page's own; returns {field: keys} of those it had none in."""
    changed = {}
    for field in type(page)._meta.local_many_to_many:
        if not isinstance(field, ParentalManyToManyField) or getattr(page, field.name).exists():
            continue
        pages = _on_this_site(page, getattr(page.library_source, field.name).all())
        if pages:
            getattr(page, field.name).set(pages)
            changed[field.name] = sorted(one.pk for one in pages)
    return changed


def give_lists_back(page, lists):
    """Inherit again the lists that have not been changed since `copy_lists` answered `lists`."""
    for name, keys in lists.items():
        relation = getattr(page, name, None)
        if relation is not None and sorted(one.pk for one in relation.all()) == keys:
            relation.set([])


def _inheriting_fields(page):
    """The fields of the page's own type that read the library through while they are null."""
    own = type(page)._meta.local_concrete_fields
    return [field for field in own if field.null and field.editable and field.name != "library_page"]


def _on_this_site(page, listed):
    """The clinic's own pages for those the library lists; the library's where nobody can follow them."""
    model, keys = listed.model, [one.pk for one in listed]
    if not hasattr(model, "library_page"):
        return list(model._default_manager.filter(pk__in=keys))
    return list(model._default_manager.standing_for(keys).descendant_of(tree_root(page)))


def _text(value):
    return None if value is None else str(value)
