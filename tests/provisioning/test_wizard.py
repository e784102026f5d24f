"""Making a clinic on the screens of the admin."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import Site

from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.library.models import StarterPack
from clinicsite.locations.models import LocationPage, PractitionerPage
from clinicsite.provisioning.models import ClinicPlan
from clinicsite.provisioning.wizard.judging import judge
from clinicsite.provisioning.wizard.rows import without_gaps
from clinicsite.provisioning.wizard.steps import STEPS, step_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

BEGIN = "/admin/clinicsite/new-clinic/"
TYPED = {
    "clinic": {
        "name": "Elan Physio",
        "host": "elan.example",
        "kind": "massage",
        "jurisdiction": "CA-AB",
        "email": "desk@elan.example",
    },
    "look": {
        "brand.primary": "#7a1f5f",
        "brand.accent": "#b4572f",
        "brand.fonts": "figtree",
        "brand.mood": "crisp",
        "brand.opening": "split",
    },
    "place": {
        "location": "Old Town",
        "street": "12 Mill Lane",
        "city": "Red Deer",
        "postal_code": "t4n 1a1",
        "phone": "403 555 0123",
        "monday": "9am to 5pm",
        "tuesday": "9am to noon; 1pm to 6pm",
    },
    "people": {"people[0].name": "Mo Field", "people[0].profession": "Registered massage therapist"},
    "pages": {},
    "owner": {"owner_first_name": "Mo", "owner_email": "mo@elan.example", "state": "live"},
}


@pytest.fixture
def administrator(clinic, library):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def browser(administrator, admin_client_of):
    return admin_client_of(administrator)


@pytest.fixture
def plan(browser):
    browser.post(BEGIN)
    return ClinicPlan.objects.get()


def send(browser, plan, step, **changes):
    return browser.post(f"{BEGIN}{plan.pk}/{step}/", TYPED[step] | changes)


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_a_clinic_is_made_screen_by_screen(
    browser, plan, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    names = [step.name for step in STEPS]
    for step, following in zip(names, [*names[1:], None], strict=True):
        answer = send(browser, plan, step)
        expected = f"{BEGIN}{plan.pk}/{following}/" if following else f"{BEGIN}{plan.pk}/"
        assert (step, answer.headers.get("Location")) == (step, expected)
    summary = browser.get(f"{BEGIN}{plan.pk}/")
    for words in (
        "elan.example",
        "Alberta, Canada",
        "Monday: 9:00 am to 5:00 pm",
        "Mo Field",
        "Make the clinic",
    ):
        assert words in summary.text
    assert not Site.objects.filter(hostname="elan.example").exists()
    with django_capture_on_commit_callbacks(execute=True):
        made = browser.post(f"{BEGIN}{plan.pk}/")
    site = Site.objects.get(hostname="elan.example")
    # It was to be live, and is not ready: what is open is on the screen that follows.
    assert made.headers["Location"] == f"/admin/clinicsite/launch/{site.pk}/"
    launch = browser.get(made.headers["Location"]).text
    assert "Elan Physio is made. It stays a draft, closed to patients" in launch
    assert "Nobody has tried yet whether mail to" in launch
    assert "The owner is sent a mail" in browser.get(f"{BEGIN}made/{site.pk}/").text
    settings = ClinicSettings.objects.get(site=site)
    assert (settings.name, settings.kind, settings.time_zone) == (
        "Elan Physio",
        "massage",
        "America/Edmonton",
    )
    assert (settings.brand_primary, settings.mood, settings.state) == ("#7a1f5f", "crisp", "draft")
    place = LocationPage.objects.descendant_of(site.root_page).get()
    assert (place.title, place.region, place.postal_code) == ("Old Town", "AB", "T4N 1A1")
    assert [str(row.opens) for row in place.opening_hours.all()] == ["09:00:00", "09:00:00", "13:00:00"]
    person = PractitionerPage.objects.descendant_of(site.root_page).get()
    assert (person.title, person.owner) == ("Mo Field", administrator)
    assert [mail.to for mail in mailoutbox] == [["mo@elan.example"]]
    assert not ClinicPlan.objects.exists()


@pytest.mark.parametrize(
    ("step", "changes", "wrong"),
    [
        ("clinic", {"name": "", "jurisdiction": ""}, {"name", "jurisdiction"}),
        ("clinic", {"host": "https://elan.example/"}, {"host"}),
        ("clinic", {"host": "localhost"}, {"host"}),
        ("clinic", {"host": "north.localhost"}, {"host"}),
        ("clinic", {"email": "desk"}, {"email"}),
        ("clinic", {"time_zone": "Mars/Base"}, {"time_zone"}),
        ("clinic", {"booking_url": "javascript:alert(1)"}, {"booking_url"}),
        ("look", {"brand.primary": "#88ddcc"}, {"brand.primary"}),
        ("look", {"brand.mood": "grand"}, {"brand.mood"}),
        ("place", {"postal_code": "90210"}, {"postal_code"}),
        ("place", {"phone": "12"}, {"phone"}),
        ("place", {"monday": "lunchtime"}, {"monday"}),
        ("place", {"tuesday": "9am to noon; 13:75 to 6pm"}, {"tuesday"}),
        ("people", {"people[0].profession": ""}, {"people[0].profession"}),
        ("owner", {"owner_email": "mo"}, {"owner_email"}),
        ("owner", {"owner_first_name": "M" * 151}, {"owner_first_name"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    browser, clinic, plan, step, changes, wrong
):
    response = send(browser, plan, step, **changes)
    assert response.status_code == 200
    assert set(errors_of(response)) == wrong
    plan.refresh_from_db()
    assert {name: plan.typed[name] for name in changes} == changes


def test_what_other_screens_lack_keeps_nobody_from_going_on(browser, plan):
    assert send(browser, plan, "owner").headers["Location"] == f"{BEGIN}{plan.pk}/"
    summary = browser.get(f"{BEGIN}{plan.pk}/")
    assert "Before it can be made, see to 2 screens." in summary.text
    assert {step.name for step, _said in summary.context["faults"]} == {"clinic", "place"}
    assert browser.post(f"{BEGIN}{plan.pk}/").headers["Location"] == f"{BEGIN}{plan.pk}/"
    assert Site.objects.filter(hostname="elan.example").count() == 0


@pytest.mark.parametrize(("go", "leads_to"), [("look", "look/"), ("clinic", "clinic/"), ("summary", "")])
def test_going_to_another_screen_keeps_what_was_typed_right_or_wrong(browser, plan, go, leads_to):
    answer = send(browser, plan, "clinic", email="no address", go=go)
    assert answer.headers["Location"] == f"{BEGIN}{plan.pk}/{leads_to}"
    plan.refresh_from_db()
    assert (plan.typed["name"], plan.typed["email"]) == ("Elan Physio", "no address")


def test_it_can_be_left_and_taken_up_by_somebody_else(browser, plan, admin_user, admin_client_of):
    send(browser, plan, "clinic", then="leave")
    other = admin_client_of(admin_user)
    assert "Elan Physio" in other.get(BEGIN).text
    assert 'value="elan.example"' in other.get(f"{BEGIN}{plan.pk}/clinic/").text


def test_it_can_be_given_up(browser, plan):
    assert browser.get(f"{BEGIN}{plan.pk}/drop/").status_code == 405
    browser.post(f"{BEGIN}{plan.pk}/drop/")
    assert not ClinicPlan.objects.exists()


def test_a_host_that_somebody_took_meanwhile_is_said_on_the_summary(browser, plan, clinic):
    for step in STEPS:
        send(browser, plan, step.name)
    Site.objects.create(hostname="elan.example", port=8000, root_page=clinic.home.get_parent())
    assert browser.post(f"{BEGIN}{plan.pk}/").headers["Location"] == f"{BEGIN}{plan.pk}/"
    assert "elan.example is the host of" in browser.get(f"{BEGIN}{plan.pk}/").text
    assert ClinicPlan.objects.exists()


def test_a_zone_that_nobody_chose_follows_where_the_clinic_is_licensed(browser, plan):
    send(browser, plan, "clinic")
    assert judge(ClinicPlan.objects.get().typed).spec.time_zone == "America/Edmonton"
    send(browser, plan, "clinic", jurisdiction="CA-NL")
    assert judge(ClinicPlan.objects.get().typed).spec.time_zone == "America/St_Johns"
    send(browser, plan, "clinic", jurisdiction="CA-NL", time_zone="America/Goose_Bay")
    assert judge(ClinicPlan.objects.get().typed).spec.time_zone == "America/Goose_Bay"


def test_rows_without_a_name_are_nobody():
    typed = {"name": "Elan", "people[0].name": "", "people[0].profession": "", "people[2].name": "Mo"}
    assert without_gaps(typed) == {"name": "Elan", "people[0].name": "Mo"}


def test_two_rows_for_people_are_always_free(browser, plan):
    send(browser, plan, "people", **{"people[1].name": "Jo Reed", "people[1].profession": "Kinesiologist"})
    form = browser.get(f"{BEGIN}{plan.pk}/people/").context["form"]
    assert [form[f"people[{n}].name"].value() for n in range(4)] == ["Mo Field", "Jo Reed", None, None]
    assert "people[4].name" not in form.fields


def test_every_column_leads_to_its_screen(db):
    found = {step_of(column).name for step in STEPS for column in step.form_class({}).fields}
    assert found == {step.name for step in STEPS}
    assert (step_of("").name, step_of("people[7].profession").name) == ("clinic", "people")


class TestWho:
    """Who may make clinics is the agency's administrators and superusers, and nobody else."""

    ADDRESSES = ("", "1/", "1/clinic/", "1/drop/", "made/1/")

    @pytest.mark.parametrize("who", ["owner", "editor", "library_editor"])
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_for_others_there_is_no_such_screen(self, request, plan, admin_client_of, who, address):
        other = admin_client_of(request.getfixturevalue(who))
        for method in (other.get, other.post):
            assert method(BEGIN + address).status_code == 404
        assert ClinicPlan.objects.exists()

    @pytest.mark.parametrize(
        ("who", "is_shown"), [("administrator", True), ("owner", False), ("library_editor", False)]
    )
    def test_the_menu_shows_it_to_whoever_may(self, request, admin_client_of, who, is_shown):
        page = admin_client_of(request.getfixturevalue(who)).get("/admin/").text
        assert (BEGIN in page) is is_shown

    def test_the_grant_on_sites_alone_is_not_enough(self, owner, admin_client_of):
        owner.user_permissions.add(Permission.objects.get(codename="add_site"))
        assert admin_client_of(owner).get(BEGIN).status_code == 404

    @pytest.mark.parametrize("address", ["9999/", "9999/clinic/", "1/nowhere/", "made/9999/", f"{10**30}/"])
    def test_what_is_not_there_is_not_there(self, browser, plan, address):
        assert browser.get(BEGIN + address.replace("1/nowhere", f"{plan.pk}/nowhere")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("9am-5pm", [("9am", "5pm")]),
        ("9 a.m. – 5 p.m.", [("9 a.m.", "5 p.m.")]),
        ("9am−5pm", [("9am", "5pm")]),
        ("9am until 5pm", [("9am", "5pm")]),
        ("from 9am till 5pm", [("9am", "5pm")]),
        ("8:30am-noon, 1pm-5pm", [("8:30am", "noon"), ("1pm", "5pm")]),
        ("9am to noon and 1pm to 6pm", [("9am", "noon"), ("1pm", "6pm")]),
        ("9am\x0bto 5pm", [("9am", "5pm")]),
        ("Closed.", []),
    ],
)
def test_hours_of_a_day_are_read_as_people_type_them(browser, plan, typed, hours):
    assert send(browser, plan, "place", monday=typed, tuesday="").status_code == 302
    rows = judge(ClinicPlan.objects.get().typed).spec.locations[0].hours
    assert [(row.opens, row.closes) for row in rows] == hours


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("9-5", "9:00 am to 5:00 pm"),
        ("9 to 5", "9:00 am to 5:00 pm"),
        ("9am-5", "9:00 am to 5:00 pm"),
        ("8:30-4:30pm", "8:30 am to 4:30 pm"),
        ("1-5", "1:00 pm to 5:00 pm"),
        ("8-12", "8:00 am to noon"),
        ("10-2", "10:00 am to 2:00 pm"),
        ("7-7", "7:00 am to 7:00 pm"),
    ],
)
def test_bare_figures_are_asked_about_in_one_sentence_as_in_other_fields(browser, plan, typed, asked):
    said = errors_of(send(browser, plan, "place", monday=typed))
    assert said == {"monday": [f"Is that {asked}? Write “{asked}”, or the hours that you mean."]}
    assert send(browser, plan, "place", monday=asked).status_code == 302


def test_what_no_page_can_show_is_taken_out_of_what_was_typed(browser, plan):
    sent = {"name": "Elan\x0bPhysio\x00", "tagline": "Move\x1f freely"}
    assert send(browser, plan, "clinic", **sent).status_code == 302
    plan.refresh_from_db()
    assert (plan.typed["name"], plan.typed["tagline"]) == ("Elan Physio", "Move freely")


def test_the_summary_says_what_will_be_stored_and_shown(browser, plan):
    for step in STEPS:
        send(browser, plan, step.name)
    facts = dict(browser.get(f"{BEGIN}{plan.pk}/").context["facts"])
    assert facts["Old Town"] == ["12 Mill Lane", "Red Deer, AB T4N 1A1", "(403) 555-0123"]
    assert facts["Hours"] == [
        "Monday: 9:00 am to 5:00 pm",
        "Tuesday: 9:00 am to noon; 1:00 pm to 6:00 pm",
        "Wednesday to Sunday: closed",
    ]
    assert facts["Licensed in, and time zone"] == ["Alberta, Canada", "America/Edmonton"]
    assert facts["When it is made, the site is"] == [
        "Live if no line of its launch checklist is open; otherwise a draft, and you are told what is open."
    ]
    assert facts["Booking online"] == ["No address yet: pages offer a call instead."]
    assert facts["The look"][0] == "#7a1f5f and #b4572f"
    assert facts["The team"] == ["Mo Field, Registered massage therapist"]
    send(browser, plan, "clinic", booking_url="https://book.elan.example/")
    facts = dict(browser.get(f"{BEGIN}{plan.pk}/").context["facts"])
    assert facts["Booking online"] == ["https://book.elan.example/"]


def test_two_people_on_one_screen_do_not_write_over_each_other(browser, plan):
    send(browser, plan, "clinic")
    address = f"{BEGIN}{plan.pk}/clinic/"
    opened = browser.get(address).context["opened"]
    assert send(browser, plan, "clinic", opened=opened, email="front@elan.example").status_code == 302
    refused = send(browser, plan, "clinic", opened=opened, tagline="Move freely")
    assert "“front@elan.example” is stored now. You have “desk@elan.example”." in refused.text
    assert "nothing is stored now. You have “Move freely”." in refused.text
    plan.refresh_from_db()
    assert (plan.typed["email"], plan.typed["tagline"]) == ("front@elan.example", "")
    again = {"opened": refused.context["opened"], "tagline": "Move freely"}
    assert send(browser, plan, "clinic", **again).status_code == 302
    plan.refresh_from_db()
    assert (plan.typed["email"], plan.typed["tagline"]) == ("desk@elan.example", "Move freely")


def test_two_people_on_two_screens_are_not_in_each_others_way(browser, plan):
    clinic, owner = (
        browser.get(f"{BEGIN}{plan.pk}/{step}/").context["opened"] for step in ("clinic", "owner")
    )
    assert send(browser, plan, "clinic", opened=clinic).status_code == 302
    assert send(browser, plan, "owner", opened=owner).status_code == 302
    plan.refresh_from_db()
    assert (plan.typed["name"], plan.typed["owner_first_name"]) == ("Elan Physio", "Mo")


def test_further_hosts_are_typed_with_the_first_and_www_is_proposed(browser, plan):
    for step in STEPS:
        send(browser, plan, step.name)
    page = browser.get(f"{BEGIN}{plan.pk}/").text
    assert "People will also type www.elan.example" in page
    send(browser, plan, "clinic", hosts="www.elan.example; elan-physio.example")
    page = browser.get(f"{BEGIN}{plan.pk}/").text
    assert "People will also type" not in page
    assert "www.elan.example leads there" in page
    browser.post(f"{BEGIN}{plan.pk}/")
    site = Site.objects.get(hostname="elan.example")
    assert hosts_of(site) == ["elan.example", "elan-physio.example", "www.elan.example"]


def test_a_further_host_that_is_none_is_said_at_its_field(browser, plan):
    answer = send(browser, plan, "clinic", hosts="www.elan.example; https://elan.example/")
    assert list(errors_of(answer)) == ["hosts"]


def test_a_box_that_was_not_ticked_stays_so(browser, plan):
    StarterPack.objects.create(name="Massage")
    send(browser, plan, "pages", pack="Massage")
    screen = browser.get(f"{BEGIN}{plan.pk}/pages/")
    assert screen.context["form"]["takes_new_pages"].value() is False
    assert " checked" not in screen.text.partition('name="takes_new_pages"')[2].partition(">")[0]
    ticked = send(browser, plan, "pages", pack="Massage", takes_new_pages="on")
    assert ticked.status_code == 302, ticked.context["form"].errors
    assert browser.get(f"{BEGIN}{plan.pk}/pages/").context["form"]["takes_new_pages"].value() is True


def test_a_person_without_a_name_is_asked_for_it(browser, plan):
    sent = {"people[0].name": "", "people[0].profession": "Registered physiotherapist"}
    said = errors_of(send(browser, plan, "people", **sent))
    assert said == {"people[0].name": ["Whose is this? Write the name, or empty the row."]}


def test_the_zone_is_chosen_and_the_usual_one_of_each_place_is_known_to_the_screen(browser, plan):
    field = browser.get(f"{BEGIN}{plan.pk}/clinic/").context["form"].fields["time_zone"]
    assert json.loads(field.widget.attrs["data-clinicsite-zones"])["CA-NS"] == "America/Halifax"
    assert field.choices[0] == ("", "The usual one there")
    usual, others = field.choices[1:]
    assert usual[1][0] == ("America/Edmonton", "America/Edmonton")
    assert ("America/St_Johns", "America/St Johns") in usual[1]
    assert ("America/Dawson_Creek", "America/Dawson Creek") in others[1]


def test_a_zone_elsewhere_that_came_with_a_copied_clinic_stays(browser, plan):
    ClinicPlan.objects.update(typed={"time_zone": "Pacific/Auckland"})
    answer = send(browser, plan, "clinic", time_zone="Pacific/Auckland")
    assert answer.headers["Location"] == f"{BEGIN}{plan.pk}/look/"


def test_django_s_own_words_stand_on_no_screen(browser, plan):
    errors = errors_of(send(browser, plan, "clinic", jurisdiction="XX", email="desk"))
    assert errors["jurisdiction"] == ["Choose one of those in the list."]
    assert errors["email"] == ["This is no e-mail address. Write one such as desk@lakeside.example."]


def test_a_name_that_a_clinic_has_makes_no_second_and_is_no_second_making_of_the_first(browser, plan, clinic):
    clinic.home.slug = "elan-physio"
    clinic.home.save()
    for step in TYPED:
        send(browser, plan, step)
    summary = browser.get(f"{BEGIN}{plan.pk}/")
    (step, said), *others = summary.context["faults"]
    assert (step.name, others) == ("clinic", [])
    title = clinic.home.title
    words = f"There is “{title}” already, which patients and colleagues would take for this one."
    assert said == [("Name", f"{words} Write another name.")]
    browser.post(f"{BEGIN}{plan.pk}/")
    assert not Site.objects.filter(hostname="elan.example").exists()
    assert ClinicPlan.objects.exists()


def test_the_summary_leads_to_each_screen_that_lacks_something_and_names_the_field(browser, plan):
    send(browser, plan, "owner", owner_email="mo")
    text = browser.get(f"{BEGIN}{plan.pk}/").text
    assert f'href="{BEGIN}{plan.pk}/owner/">Go to the owner</a>' in text
    assert "E-mail: This is no e-mail address." in text


def test_parking_and_getting_in_are_no_hours(browser, plan):
    form = browser.get(f"{BEGIN}{plan.pk}/place/").context["form"]
    groups = {heading: [field.name for field in fields] for heading, fields in form.grouped()}
    assert groups["Arriving"] == ["parking", "access"]
    assert groups["Hours"][-1] == "sunday"


@pytest.mark.parametrize(("days", "is_kept"), [(89, True), (91, False)])
def test_what_nobody_touches_for_90_days_is_forgotten(browser, plan, days, is_kept):
    ClinicPlan.objects.update(changed_at=timezone.now() - timedelta(days=days))
    assert (plan in browser.get(BEGIN).context["plans"]) is is_kept
    browser.post(BEGIN)
    assert ClinicPlan.objects.filter(pk=plan.pk).exists() is is_kept
