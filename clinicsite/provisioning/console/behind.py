"""How far each clinic is behind the library, for many clinics at once.

The rule for one override is `matrix.states`, which the matrix counts by too. Overrides are read without their
words, once, and judged here: the same conditions put to the database cost several times as much.
"""

from collections import defaultdict

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.fields.json import KT

from clinicsite.clinics.console import Clinics
from clinicsite.core.models.pages import from_page
from clinicsite.library.composition import Action, Lock
from clinicsite.library.matrix.queries import Followers
from clinicsite.library.matrix.states import Mark, OverrideRow, SectionRow, count_sections
from clinicsite.library.models import LibrarySection, SectionOverride
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.tree import in_library

#: What the library has done that a clinic has still to answer.
UNANSWERED = (Mark.CHANGED, Mark.RETIRED)


def library_behind(clinics: Clinics) -> dict[int, int]:
    """Pages where the library has changed, dropped or taken down what the clinic has not answered."""
    sections = _sections()
    sites = {path: pk for paths in clinics.roots.values() for path, pk in paths.items()}
    found: dict[int, set[int]] = defaultdict(set)
    for model in shared_page_models():
        places = [
            *_answered_otherwise(model, clinics, sections),
            *_dropped(model, clinics),
            *_older(model, clinics),
        ]
        for root, library_id in places:
            if root in sites:
                found[sites[root]].add(library_id)
    return {pk: len(pages) for pk, pages in found.items()}


def _sections():
    """{library page id: {section id: its index row}}, without what the library has dropped."""
    found: dict[int, dict[str, SectionRow]] = defaultdict(dict)
    names = ("page_id", "section_id", "fingerprint", "lock", "changed_at", "kind", "heading")
    rows = LibrarySection.objects.order_by().filter(is_retired=False).values_list(*names)
    for page_id, section_id, mark, lock, changed_at, kind, heading in rows:
        found[page_id][section_id] = SectionRow(mark, Lock(lock), False, changed_at, (kind, heading))
    return found


def _answered_otherwise(model, clinics, sections):
    """Where a clinic has its own version of a section that the library has changed or dropped since."""
    follower = f"page__{from_page(model)}"
    # A base is large, and what is asked of it matters for an override of the heading alone.
    head = {
        name: Case(When(is_heading_only=True, then=KT(f"base__{name}")), output_field=CharField())
        for name in ("kind", "heading")
    }
    rows = (
        SectionOverride.objects.filter(**{f"{follower}__library_page__isnull": False})
        .exclude(action=Action.RETURN.value)
        .annotate(
            library_id=F(f"{follower}__library_page_id"),
            is_held=Case(
                When(**{f"{follower}__held_sections__isnull": False}, then=Value(1)), default=Value(0)
            ),
            **{f"base_{name}": value for name, value in head.items()},
        )
    )
    names = ("clinic_root", "library_id", "section_id", "action", "base_fingerprint", "is_kept", "is_held")
    for part in clinics.with_roots(rows, "page__path").values():
        for root, library_id, section_id, action, mark, is_kept, is_held, *head_known in part.values_list(
            *names, "base_kind", "base_heading"
        ):
            known = None if head_known[1] is None else (head_known[0], head_known[1])
            override = OverrideRow(section_id, Action(action), mark, is_kept, known)
            counts = count_sections([override], sections[library_id], is_held=bool(is_held), left={})
            if any(counts[unanswered] for unanswered in UNANSWERED):
                yield root, library_id


def _dropped(model, clinics):
    """Where the library has dropped a section that a clinic shows as the library had it."""
    retiring = LibrarySection.objects.filter(is_retired=True).values("page_id")
    ids = tuple(model.objects.order_by().filter(pk__in=retiring).values_list("pk", flat=True))
    if not ids:
        return
    roots = {depth: list(paths) for depth, paths in clinics.roots.items()}
    for depth in roots:
        for rows in Followers(model, ids, roots, clinics.is_narrow).dropped():
            yield from rows.values_list(f"root_{depth}", "library_page_id")


def _older(model, clinics):
    """Where a page holds what was before the library's newest, or follows what the library has taken down."""
    gone = list(model.objects.order_by().filter(in_library(), live=False).values_list("pk", flat=True))
    live = model.objects.order_by().filter(live=True)
    questions = [
        live.filter(
            Q(held_sections__isnull=False), library_page__last_published_at__gt=F("last_published_at")
        )
    ]
    questions += [live.filter(library_page__in=gone)] if gone else []
    for rows in questions:
        for part in clinics.with_roots(rows).values():
            yield from part.values_list("clinic_root", "library_page_id")
