"""A clinic's numbers in its texts: links for patients, and a word to whoever has written them out."""

import pytest

from clinicsite.locations.models import LocationPhone
from tests.factories import LocationPageFactory, ModalityPageFactory, section
from tests.library.panel_form import edit_address, form_data

pytestmark = pytest.mark.django_db

SUGGESTION = "(416) 555-0123 is written out in the text of"


@pytest.fixture
def place(clinic):
    return LocationPageFactory(
        parent__parent=clinic.home,
        phones=[
            LocationPhone(number="+14165550123"),
            LocationPhone(number="+14165550188", label="text"),
            LocationPhone(number="+14165550199", label="fax"),
        ],
    )


@pytest.fixture
def treatment(clinic):
    def made(words):
        return ModalityPageFactory(
            parent__parent=clinic.home, title="Massage", sections=[section("Ask us", words)]
        )

    return made


def test_a_token_and_typed_numbers_can_be_tapped_and_a_fax_cannot(place, treatment, visit):
    treatment("<p>Call {phone}, text 416-555-0188, send to 416-555-0199, or ring 604-555-0142.</p>")
    shown = visit("/treatments/massage/").content.decode()
    assert 'Call <a href="tel:+14165550123">(416) 555-0123</a>' in shown
    assert 'text <a href="sms:+14165550188">416-555-0188</a>' in shown
    assert "send to 416-555-0199, or" in shown
    assert 'ring <a href="tel:+16045550142">604-555-0142</a>' in shown


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("<p>Call 416.555.0123.</p>", True),
        ("<p>Call {phone}.</p>", False),
        ("<p>Call 604-555-0142.</p>", False),
    ],
)
def test_whoever_publishes_the_number_written_out_is_told_of_the_token(
    place, treatment, owner, admin_client_of, words, is_told
):
    page = treatment(words)
    data = form_data(page, **{"summary-source": "own", "action-publish": "Publish"})
    response = admin_client_of(owner).post(edit_address(page), data, follow=True)
    assert response.redirect_chain, response.context["form"].errors
    told = " ".join(str(message) for message in response.context["messages"])
    assert (SUGGESTION in told) == is_told
    assert ("Write {phone} in its place" in told) == is_told
