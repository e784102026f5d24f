"""What two versions of a page say differently in the clinic's own versions of library sections."""

from functools import partial

from wagtail.admin import compare

from clinicsite.library.models.overrides import SectionOverride

_FIELDS = {
    "action": compare.ChoiceFieldComparison,
    "heading": compare.FieldComparison,
    "body": compare.StreamFieldComparison,
    "reason": compare.FieldComparison,
}


class OverridesComparison(compare.ChildRelationComparison):
    """Compares the overrides of two versions, each with the one of the same library section."""

    def get_mapping(self, objs_a, objs_b):
        """(index in a -> index in b, the reverse, indices only in b, indices only in a)."""
        there = {record.section_id: index for index, record in enumerate(objs_b)}
        forwards = {
            index: there[record.section_id]
            for index, record in enumerate(objs_a)
            if record.section_id in there
        }
        backwards = {b: a for a, b in forwards.items()}
        added = [index for index in range(len(objs_b)) if index not in backwards]
        return forwards, backwards, added, [index for index in range(len(objs_a)) if index not in forwards]


def compare_overrides(label):
    """How Wagtail's comparison of revisions shows the overrides: called with the two versions."""
    meta = SectionOverride._meta
    fields = [partial(kind, meta.get_field(name)) for name, kind in _FIELDS.items()]
    return partial(OverridesComparison, meta.get_field("page").remote_field, fields, label=label)
