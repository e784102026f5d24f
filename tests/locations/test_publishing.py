"""Publishing from a list refuses what the editor would refuse."""

from datetime import date, time

import pytest
from django.contrib.messages import get_messages

from clinicsite.core.publishing import reasons_against_publishing
from clinicsite.locations.consistency import find_problems
from clinicsite.locations.models import LocationPage, LocationPhone, OpeningHours, SpecialHours
from tests.factories import LocationIndexPageFactory, LocationPageFactory, ModalityPageFactory
from tests.standing import standing

BULK_PUBLISH = "/admin/bulk/wagtailcore/page/publish/"


def monday(opens, closes):
    return OpeningHours(weekday=0, opens=time(opens), closes=time(closes))


def closed_on(day, name):
    return SpecialHours(name=name, first_date=date(2026, 9, day), last_date=date(2026, 9, day))


@standing
def index_page(clinic):
    return LocationIndexPageFactory(parent=clinic.home)


@standing
def place(index_page):
    """A live location, open on Mondays from nine to five."""
    return LocationPageFactory(parent=index_page, title="Maplewood", opening_hours=[monday(9, 17)])


@pytest.fixture
def other_place(index_page):
    return LocationPageFactory(parent=index_page, title="Birchwood", live=False)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def save_draft(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(clean=False)


def publish(browser, *pages, **data):
    """Publish the pages from their list, and give the messages it shows."""
    query = "&".join([f"id={page.pk}" for page in pages] + ["next=/admin/clinicsite/locations/"])
    response = browser.post(f"{BULK_PUBLISH}?{query}", data)
    assert response.status_code == 302
    assert response.url == "/admin/clinicsite/locations/"
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def stored(page):
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"opening_hours": [monday(9, 17), monday(16, 18)]},
            "Monday 16:00 to 18:00: This overlaps with Monday 9:00 am to 5:00 pm. "
            "Make one end before the other begins.",
        ),
        (
            {"opening_hours": [monday(9, 17), monday(9, 17)]},
            "Monday 09:00 to 17:00: These hours are there twice. Remove one row.",
        ),
        (
            {"special_hours": [closed_on(7, "Labour Day"), closed_on(7, "Staff day")]},
            "Staff day, 2026-09-07: These special hours overlap: Labour Day and Staff day. "
            "Dates may lie wholly within longer ones, and count there; else end one before the other begins.",
        ),
        (
            {"phones": [LocationPhone(number=f"+1416555012{n}", is_primary=True) for n in (3, 4)]},
            "Booking: +14165550124: Only one number can be the main one. Untick the others.",
        ),
        ({"phones": []}, "It has no phone number. Add one."),
        ({"street": ""}, "Street: This field cannot be blank."),
        ({"phones": [LocationPhone(number="", is_primary=True)]}, "Number: This field cannot be blank."),
    ],
    ids=[
        "overlap",
        "twice",
        "special hours",
        "main phones",
        "no phone",
        "blank field",
        "blank field of a row",
    ],
)
def test_a_draft_that_contradicts_itself_is_not_published_from_the_list(browser, place, changes, reason):
    save_draft(place, **changes)
    shown = publish(browser, place)
    assert "Nothing was published, because of “Maplewood”." in shown
    assert reason in shown
    assert "Open that page, correct it and publish it there." in shown
    assert stored(place).live_revision is None
    assert stored(place).street == "12 Main Street"
    assert [str(row) for row in stored(place).opening_hours.all()] == ["Monday 09:00 to 17:00"]


def test_a_good_draft_is_published_from_the_list(browser, place):
    save_draft(place, opening_hours=[monday(9, 12), monday(13, 17)])
    assert "1 page has been published" in publish(browser, place)
    assert stored(place).opening_hours.count() == 2


def test_one_bad_draft_holds_back_all_the_pages_chosen_with_it(browser, place, other_place):
    save_draft(place, opening_hours=[monday(9, 17), monday(16, 18)])
    shown = publish(browser, other_place, place)
    assert "Maplewood" in shown
    assert "Birchwood" not in shown
    assert not stored(other_place).live


def test_a_bad_draft_below_the_chosen_page_is_not_published_with_it(browser, index_page, other_place):
    save_draft(other_place, opening_hours=[monday(9, 17), monday(16, 18)])
    assert "because of “Birchwood”" in publish(browser, index_page, include_descendants="on")
    assert not stored(other_place).live


def test_a_bad_draft_below_the_chosen_page_is_no_hindrance_where_it_stays_a_draft(
    browser, index_page, other_place
):
    save_draft(other_place, opening_hours=[monday(9, 17), monday(16, 18)])
    assert "1 page has been published" in publish(browser, index_page)
    assert not stored(other_place).live


def test_a_page_of_another_type_with_a_field_that_is_not_right_is_not_published(browser, clinic):
    page = ModalityPageFactory(parent__parent=clinic.home, title="Cupping", summary="As it was.")
    save_draft(page, summary="Otherwise.", seo_title="Too long. " * 30)
    refusal = "because of “Cupping”. Title tag: Ensure this value has at most 255 characters"
    assert refusal in publish(browser, page)
    assert stored(page).summary == "As it was."


def test_a_page_that_was_never_drafted_is_judged_as_it_is_stored(place):
    assert reasons_against_publishing(place) == []
    OpeningHours.objects.create(location=place, weekday=0, opens=time(16), closes=time(18))
    (reason,) = reasons_against_publishing(LocationPage.objects.get(pk=place.pk))
    assert "This overlaps with Monday 9:00 am to 5:00 pm." in reason


def test_each_kind_of_contradiction_is_found_at_the_row_to_change():
    weekly = [monday(16, 18), monday(9, 17)]
    special = [closed_on(7, "Labour Day"), closed_on(8, "Fair"), closed_on(7, "Staff day")]
    phones = [LocationPhone(is_primary=True), LocationPhone(), LocationPhone(is_primary=True)]
    problems = find_problems(weekly, special, phones)
    assert [(problem.relation, problem.field) for problem in problems] == [
        ("opening_hours", "opens"),
        ("special_hours", "first_date"),
        ("phones", "is_primary"),
    ]
    wanted = [weekly[0], special[2], phones[2]]
    assert all(problem.row is row for problem, row in zip(problems, wanted, strict=True))


def test_rows_that_agree_have_no_problem():
    phones = [LocationPhone(is_primary=True), LocationPhone()]
    assert find_problems([monday(9, 12), monday(12, 17)], [closed_on(7, "Labour Day")], phones) == []
    assert find_problems([], [], []) == []
