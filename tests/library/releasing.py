"""People and drafts, as the tests of releasing make them."""

from clinicsite.library.releasing.releases import release_to_all, release_to_pilots
from tests.factories import section
from tests.library.pages import AFTERCARE, COST, RISKS

WITHOUT_APPROVAL = {"note": "Urgent correction.", "is_unapproved_ok": True}


def overview(words):
    """The overview of the library's treatment with other words, under the same id."""
    return section("What is it?", words, kind="overview")


def draft(library_page, words="A needle as thin as a hair.", *others, **fields):
    """Save a newer draft of a library page, as a library editor does."""
    page = type(library_page).objects.get(pk=library_page.pk)
    page = page.get_latest_revision_as_object()
    page.sections = [overview(words), *(others or (AFTERCARE, RISKS, COST))]
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()
    return type(library_page).objects.get(pk=library_page.pk)


def release(library_page, user, **options):
    """Release the newest draft to every clinic."""
    return release_to_all(library_page.pk, user, **(WITHOUT_APPROVAL | options))


def pilot(library_page, user, *clinics, **options):
    """Release the newest draft to pilot clinics."""
    sites = [clinic.site for clinic in clinics]
    return release_to_pilots(library_page.pk, user, sites, **(WITHOUT_APPROVAL | options))
