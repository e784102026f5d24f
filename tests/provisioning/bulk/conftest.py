import pytest

from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.provisioning.bulk import reach, working
from tests.factories import UserFactory


@pytest.fixture
def administrator(clinic, library):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def look(administrator):
    """Look at all clinics what something would change: `look("words", find="a", replace="b")`."""

    def look(kind, *, by=None, **asked):
        by = by or administrator
        sites = reach.sites_of(by).order_by("hostname")
        work = working.begin(kind, asked, sites, by, then=working.at_once)
        working.go_through(work)
        return work

    return look


@pytest.fixture
def carry_out(administrator):
    """Do what was shown, and give the row of each clinic by its host."""

    def carry_out(work):
        working.do(work, administrator, then=working.at_once)
        working.go_through(work)
        return rows(work)

    return carry_out


@pytest.fixture
def undo(administrator):
    """Undo it, and give the row of each clinic by its host."""

    def undo(work):
        working.undo(work, administrator, then=working.at_once)
        working.go_through(work)
        return rows(work)

    return undo


def rows(work):
    """The row of each clinic by its host."""
    return {row.site.hostname: row for row in work.clinics.select_related("site")}
