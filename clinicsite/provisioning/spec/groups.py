"""What a clinic gets of the groups that its spec names: look and starter pack, where it says nothing."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.text import slugify

from clinicsite.clinics.models import ClinicGroup
from clinicsite.library.models import PackOfGroup

from .parts import ClinicSpec

#: Field of a group -> what the spec calls it in its brand.
LOOK = {
    "brand_primary": "primary",
    "brand_accent": "accent",
    "font_pair": "fonts",
    "mood": "mood",
    "opening": "opening",
}


def group_named(name: str) -> ClinicGroup | None:
    """A group by its name, however its letters are written, or by its name as a slug."""
    wanted = slugify(name)
    return next(
        (group for group in ClinicGroup.objects.order_by("pk") if slugify(group.name) == wanted), None
    )


def groups_named(names) -> list[ClinicGroup]:
    """Those of the groups that there are, in the order of their names in the spec."""
    return [group for name in names if (group := group_named(name)) is not None]


def look_of(groups) -> dict[str, str]:
    """{field of a spec's brand: what the first of the groups that says something has}."""
    found: dict[str, str] = {}
    for group in groups:
        for field, name in LOOK.items():
            if value := getattr(group, field):
                found.setdefault(name, value)
    return found


def pack_of(groups) -> str:
    """The name of the starter pack of the first of the groups that has one; empty where none has."""
    packs = PackOfGroup.objects.filter(group__in=groups).values_list("group_id", "pack__name")
    by_group = dict(packs)
    return next((by_group[group.pk] for group in groups if group.pk in by_group), "")


def with_defaults(spec: ClinicSpec) -> ClinicSpec:
    """The spec with the look and the pack of its groups wherever it leaves them open."""
    groups = groups_named(spec.groups)
    if not groups:
        return spec
    look = {name: value for name, value in look_of(groups).items() if not getattr(spec.brand, name)}
    return replace(spec, brand=replace(spec.brand, **look), pack=spec.pack or pack_of(groups))


def faults(spec: ClinicSpec) -> Iterator[tuple[str, str]]:
    """(field, sentence) of each group that there is not."""
    for number, name in enumerate(spec.groups):
        if group_named(name) is None:
            known = ", ".join(ClinicGroup.objects.values_list("name", flat=True))
            there_are = f"There are: {known}." if known else "There is none yet."
            yield f"groups[{number}]", f"There is no group “{name}”. {there_are}"
