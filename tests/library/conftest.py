"""The two pages that most tests of the library are about; a module that needs others makes its own."""

from tests.library.pages import follower_of, library_treatment
from tests.standing import standing


@standing
def treatment(library):
    """A live library treatment with four sections, the third of them locked."""
    return library_treatment(library)


@standing
def follower(treatment, clinic):
    """The clinic's page that follows it, with nothing of its own."""
    return follower_of(treatment, clinic)
