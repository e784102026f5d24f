"""What templates ask of the sections of a page."""

from django import template

from clinicsite.library.section_kinds import SectionKind

register = template.Library()


@register.filter
def urgent_below(sections):
    """The section that says when to get help now, where it does not come first on its page; else None."""
    kinds = [_kind_of(section) for section in sections]
    if SectionKind.URGENT_HELP not in kinds:
        return None
    return sections[kinds.index(SectionKind.URGENT_HELP)] if kinds[0] != SectionKind.URGENT_HELP else None


def _kind_of(section):
    # A section of a page that is not clinical has no kind.
    return section.value.get("kind", "")
