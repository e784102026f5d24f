"""Library pages, followers and overrides, as the tests of the library make them."""

from clinicsite.core.rendering import rendering_for
from clinicsite.library.models import SectionOverride
from clinicsite.library.sections import base_of, sections_from_raw
from clinicsite.modalities.models import ModalityIndexPage
from tests.factories import ModalityIndexPageFactory, ModalityPageFactory, paragraph, section

OVERVIEW = section("What is it?", "A thin needle in a tight muscle.", kind="overview")
AFTERCARE = section("Afterwards", "Move gently.", kind="aftercare")
RISKS = section("Risks", "Bruises are common.", kind="risks")
COST = section("Cost", "Ask us.", kind="cost")


def library_treatment(library, *sections, **fields):
    """A live treatment page in the library."""
    values = {"title": "Dry needling", "sections": list(sections or [OVERVIEW, AFTERCARE, RISKS, COST])}
    return ModalityPageFactory(parent=library, **(values | fields))


def follower_of(library_page, clinic, **fields):
    """The clinic's page that follows a library treatment, with nothing of its own."""
    parent = ModalityIndexPage.objects.child_of(clinic.home).first() or ModalityIndexPageFactory(
        parent=clinic.home
    )
    values = {"title": library_page.title, "summary": None, "sections": []}
    return ModalityPageFactory(parent=parent, library_page=library_page, **(values | fields))


def edit_library(library_page, *sections, **fields):
    """Edit a library page and publish it, as a library editor and a release manager do."""
    page = type(library_page).objects.get(pk=library_page.pk)
    for name, value in {"sections": list(sections), **fields}.items():
        setattr(page, name, value)
    page.save_revision().publish()


def override(page, stored, heading="", words="", action="replace", **fields):
    """The clinic's own version of a stored library section, not yet saved."""
    sections = sections_from_raw(page.library_page.sections.raw_data)
    taken_over = next(one for one in sections if one.id == stored["id"])
    return SectionOverride(
        page=page,
        section_id=stored["id"],
        action=action,
        heading=heading,
        body=[paragraph(words)] if words else [],
        base=base_of(taken_over, sections),
        **fields,
    )


def take_over(page, stored, heading="", words="", action="replace", **fields):
    """Save the clinic's own version of a library section."""
    record = override(page, stored, heading, words, action, **fields)
    record.save()
    return record


def fresh(page):
    """The page as the next request loads it."""
    return type(page).objects.get(pk=page.pk)


def states(page):
    """{section id: state} of the composed page, as its editor sees it."""
    return {one.id: one.state for one in fresh(page).compose()}


def headings(page):
    """The headings patients read, in order."""
    return [one.heading for one in fresh(page).composed]


def words_on(page, clinic):
    """All words of the composed page, as this clinic's patients read them."""
    with rendering_for(clinic.site):
        return fresh(page).composed_text
