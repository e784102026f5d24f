import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.rendering import rendering_for
from clinicsite.locations.models import PractitionerPage
from clinicsite.locations.validators import validate_languages
from tests.factories import LocationPageFactory, ModalityPageFactory, PractitionerPageFactory
from tests.standing import standing

PERSON = "https://book.example/person"
PLACE = "https://book.example/place"
SECOND_PLACE = "https://book.example/second-place"
CLINIC = "https://book.example/clinic"


@standing
def person(clinic):
    return PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale")


@standing
def place(clinic):
    return LocationPageFactory(parent__parent=clinic.home, title="Maplewood")


def save(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()


@pytest.mark.parametrize(
    ("own", "place_link", "clinic_link", "expected"),
    [
        (PERSON, PLACE, CLINIC, PERSON),
        ("", PLACE, CLINIC, PLACE),
        ("", "", CLINIC, CLINIC),
        (PERSON, "", "", PERSON),
        ("", "", "", ""),
    ],
)
def test_the_most_specific_booking_link_wins(
    clinic, person, place, visit, own, place_link, clinic_link, expected
):
    settings = ClinicSettings.objects.get(site=clinic.site)
    save(settings, booking_url=clinic_link)
    save(place, booking_url=place_link)
    save(person, booking_url=own, locations=[place])
    assert visit("/team/robin-vale/").context["booking_url"] == expected


def test_the_first_place_with_a_booking_link_gives_it(clinic, person, place):
    second = LocationPageFactory(parent=place.get_parent(), booking_url=SECOND_PLACE)
    assert person.get_booking_url([place, second]) == SECOND_PLACE


def test_without_a_clinic_and_links_there_is_nothing_to_book(person):
    assert person.get_booking_url() == ""


def test_the_clinics_link_is_the_reading_clinics(clinic, other_clinic, person):
    save(ClinicSettings.objects.get(site=other_clinic.site), booking_url=CLINIC)
    with rendering_for(Site.objects.get(pk=clinic.site.pk)):
        assert person.get_booking_url() == ""


@pytest.mark.parametrize("codes", ["en", "en, fr", "pa,hi", "EN, Fr", "zh-hans"])
def test_known_language_codes_are_taken(codes):
    assert validate_languages(codes) is None


@pytest.mark.parametrize(
    ("codes", "named"),
    [("english", "english"), ("en, xx", "xx"), ("en,,fr", "an empty entry"), ("", "an empty entry")],
)
def test_an_unknown_language_code_is_refused_by_name(codes, named):
    with pytest.raises(ValidationError, match=f"Not a language code: {named}. Use codes such as en, fr, pa"):
        validate_languages(codes)


def test_languages_are_shown_in_words(person, visit):
    save(person, languages="en, fr, pa")
    assert person.language_names == ["English", "French", "Punjabi"]
    shown = visit("/team/robin-vale/").content.decode()
    assert "French" in shown
    assert "Punjabi" in shown


@pytest.mark.parametrize("codes", ["zh-cn", "zh-tw"])
def test_a_code_without_a_name_to_show_is_refused(codes):
    with pytest.raises(ValidationError, match="Not a language code"):
        validate_languages(codes)


def test_a_page_lists_the_persons_own_live_places_and_treatments(clinic, other_clinic, person, place, visit):
    draft = LocationPageFactory(parent=place.get_parent(), title="Not yet open", live=False)
    LocationPageFactory(parent=place.get_parent(), title="Where others work")
    LocationPageFactory(parent__parent=other_clinic.home, title="South Place")
    treatment = ModalityPageFactory(parent__parent=clinic.home, title="Dry needling")
    save(person, locations=[place, draft], modalities=[treatment])
    response = visit("/team/robin-vale/")
    assert [one.title for one in response.context["places"]] == ["Maplewood"]
    assert [one.title for one in response.context["treatments"]] == ["Dry needling"]
    assert "Not yet open" not in response.content.decode()
    assert "South" not in response.content.decode()


def test_a_page_copied_from_another_clinic_shows_nothing_of_it(other_clinic, person, place, visit):
    """A copy keeps the original's lists until its new clinic has ticked its own."""
    foreign_place = LocationPageFactory(parent__parent=other_clinic.home, title="South Place")
    foreign_treatment = ModalityPageFactory(parent__parent=other_clinic.home, title="South Treatment")
    save(person, locations=[foreign_place, place], modalities=[foreign_treatment])
    response = visit("/team/robin-vale/")
    assert [one.title for one in response.context["places"]] == ["Maplewood"]
    assert "South" not in response.content.decode()
    assert "south.localhost" not in response.content.decode()


def form_data(**changes):
    fields = {
        "title": "Robin Vale",
        "slug": "robin-vale",
        "profession": "Registered physiotherapist",
        "biography": rich_text("<p>Twenty years.</p>"),
        "languages": "en",
        "comments": inline_formset([]),
        "action-publish": "Publish",
    }
    return nested_form_data(fields) | changes


def test_the_editor_offers_own_places_only_and_refuses_anothers(
    clinic, other_clinic, person, place, owner, admin_client_of
):
    foreign = LocationPageFactory(parent__parent=other_clinic.home, title="South Place")
    browser = admin_client_of(owner)
    address = f"/admin/pages/{person.pk}/edit/"
    form = browser.get(address).context["form"]
    assert [page.title for page in form.fields["locations"].queryset] == ["Maplewood"]
    response = browser.post(address, form_data(locations=[foreign.pk]))
    assert response.status_code == 200
    assert "This cannot be chosen here" in response.context["form"].errors["locations"][0]
    assert "South" not in response.content.decode()


def test_an_owner_saves_a_persons_places(clinic, person, place, owner, admin_client_of):
    data = form_data(locations=[place.pk], languages="en, fr")
    assert admin_client_of(owner).post(f"/admin/pages/{person.pk}/edit/", data).status_code == 302
    saved = PractitionerPage.objects.get(pk=person.pk)
    assert list(saved.locations.all()) == [place]
    assert saved.languages == "en, fr"


def test_an_unknown_language_is_refused_at_its_field(person, owner, admin_client_of):
    response = admin_client_of(owner).post(
        f"/admin/pages/{person.pk}/edit/", form_data(languages="en, klingon")
    )
    assert response.status_code == 200
    assert response.context["form"].errors["languages"] == [
        "Not a language code: klingon. Use codes such as en, fr, pa, with commas between."
    ]


def test_letters_after_the_name_are_shown_with_it(person):
    assert person.name_with_post_nominals == "Robin Vale"
    person.post_nominals = "PT, FCAMPT"
    assert person.name_with_post_nominals == "Robin Vale, PT, FCAMPT"


@pytest.mark.parametrize("is_accepting", [True, False])
def test_a_person_without_room_for_new_patients_says_so_in_place_of_the_button(
    clinic, person, visit, is_accepting
):
    save(person, booking_url=PERSON, is_accepting_new_patients=is_accepting)
    PractitionerPageFactory(parent=person.get_parent(), title="Kim")
    shown = visit("/team/robin-vale/").content.decode()
    profile = shown.partition('<div class="profile__portrait">')[0].partition('<div class="profile__head">')[
        2
    ]
    assert ("with Robin Vale" in profile) == is_accepting
    assert ("Robin Vale is not taking new patients at present." in profile) == (not is_accepting)
    assert ('href="/team/"' in profile.partition("profile__name")[2]) == (not is_accepting)
    assert PERSON in profile


def test_where_nobody_takes_new_patients_no_link_promises_somebody(clinic, person, visit):
    save(person, is_accepting_new_patients=False)
    assert "See who takes new patients" not in visit("/team/robin-vale/").content.decode()
