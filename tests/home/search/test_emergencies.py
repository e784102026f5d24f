"""Somebody in danger is told what to do before anything else, whatever the clinic's site holds."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import ModelLogEntry

from clinicsite.clinics.emergency_lines import LINES, lines_of
from clinicsite.home.models import MissedSearch
from clinicsite.home.search.dictionary import is_common
from clinicsite.home.search.emergencies import names_one_of
from clinicsite.library import emergency_texts
from clinicsite.library.models import EmergencyHelp
from tests.factories import (
    ConditionPageFactory,
    LocationPageFactory,
    StandardPageFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

ADDRESS = "/admin/settings/clinicsite_library/emergencyhelp/"
EMERGENCY = emergency_texts.EMERGENCY_WORDS.splitlines()
CRISIS = emergency_texts.CRISIS_WORDS.splitlines()
HARMLESS = emergency_texts.HARMLESS_WORDS.splitlines()


def kinds_of(typed):
    kinds = {"emergency": EMERGENCY, "crisis": CRISIS}
    return [name for name, words in kinds.items() if names_one_of(typed, words, HARMLESS, is_common)]


def blocks_in(html):
    return re.findall(r'aria-labelledby="help-now-([a-z]+)"', html)


def links_in(html):
    """The ways to call in the blocks, in their order."""
    blocks = re.findall(r'<section class="[^"]*help-now".*?</section>', html, re.DOTALL)
    return re.findall(r'<a [^>]*href="([^"]+)"', "".join(blocks))


@pytest.mark.parametrize(
    "typed",
    [
        "chest pain",
        "pain in my chest",
        "CHEST PAINS!!",
        "my chest really hurts",
        "chset pain",
        "chestpain",
        "heart attack",
        "heartattack",
        "stroke",
        "am I having a stroke",
        "stroek",
        "my face is drooping and my speech slurred",
        "can't breathe",
        "cant breath",
        "can’t breathe",
        "I can not breathe",
        "cannot breathe properly",
        "trouble breathing after needling",
        "short of breath",
        "breathless",
        "can't feel my legs",
        "I cannot feel my left leg",
        "can't move my legs",
        "numb between my legs",
        "back pain and numbness between the legs",
        "saddle numbness",
        "cauda equina",
        "back pain can't pee",
        "unable to urinate",
        "lost control of bladder, lost bladder control",
        "collapsed",
        "my mother has collapsed",
        "collapsed lung after needling",
        "severe headache sudden",
        "sudden very severe headache",
        "worst headache of my life",
        "took too many pills",
        "bleeding won't stop",
        "throat is swollen",
        "stroke rehab and chest pain",
        "crise cardiaque",
        "douleur à la poitrine",
    ],
)
def test_an_emergency_is_known(typed):
    assert "emergency" in kinds_of(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "suicide",
        "suicdal thoughts",
        "I want to kill myself",
        "end my life",
        "I want to die",
        "wanna die",
        "I don't want to live any more",
        "better off dead",
        "self-harm",
        "je veux mourir",
    ],
)
def test_despair_is_known(typed):
    assert kinds_of(typed) == ["crisis"]


def test_an_overdose_is_both():
    assert kinds_of("overdose") == kinds_of("overdosed on pills") == ["emergency", "crisis"]


@pytest.mark.parametrize(
    "typed",
    [
        "heart of the city",
        "heart rate",
        "stroke rehab",
        "exercises after a stroke",
        "physio for stroke survivors",
        "breast stroke shoulder",
        "golf stroke elbow",
        "strike",
        "collapsed arches",
        "chest muscles",
        "chess pain",
        "shoulder pain",
        "breathing exercises",
        "deep breath",
        "I hurt myself running",
        "can't move my neck",
        "can't lift my arm",
        "leg numb",
        "numb fingers",
        "bladder control exercises",
        "headache",
        "bad headache",
        "head injury",
        "want to live without pain",
        "pain is killing me",
        "dying to play again",
        "sitting pain",
        "dry needling",
        "knee pain",
        "do you take sun life",
        "life insurance",
        "face massage",
        "swollen ankle",
        "",
        "?",
    ],
)
def test_what_only_looks_like_one_is_none(typed):
    assert kinds_of(typed) == []


def test_a_phrase_of_words_far_apart_is_not_meant():
    assert kinds_of("pain from chest exercises") == ["emergency"]
    assert kinds_of("chest freezer lifting work gave me shoulder pain") == []


def test_the_block_stands_above_the_results_and_before_the_form(clinic, visit):
    StandardPageFactory(parent=clinic.home, title="Chest pain", summary="When to see a doctor.")
    html = visit("/search/", {"q": "chest pain"}).text
    main = html[html.index("<main") :]
    assert (
        main.index("<h1") < main.index("help-now") < main.index("<form") < main.index("search-result__title")
    )
    assert "<title>If this is happening now, call 911. 1 result for" in html
    block = main[main.index("<section") : main.index("</section>")]
    assert re.search(r'<h2[^>]* id="help-now-emergency">If this is happening now, call 911</h2>', block)
    assert "Do not wait for a clinic to open" in block
    assert links_in(html) == ["tel:911"]


def test_no_bar_calls_the_clinic_beside_it(clinic, visit):
    LocationPageFactory(parent__parent=clinic.home)
    assert 'class="action-bar' in visit("/search/?q=neck").text
    assert 'class="action-bar' not in visit("/search/?q=stroke").text


def test_nobody_in_danger_is_told_to_check_the_spelling(clinic, visit):
    assert "Check the spelling" in visit("/search/?q=xylophone").text
    html = visit("/search/?q=suicide").text
    assert "No results for" in html
    assert "Check the spelling" not in html


def test_it_stands_above_no_result_and_above_one_kind_alone_too(clinic, visit):
    assert blocks_in(visit("/search/", {"q": "heart attack"}).text) == ["emergency"]
    ConditionPageFactory(parent__parent=clinic.home, title="Stroke")
    html = visit("/search/", {"q": "stroke", "in": "conditions"}).text
    assert blocks_in(html) == ["emergency"]
    assert "1 condition for" in html


def test_despair_leads_to_people_who_listen(clinic, visit):
    html = visit("/search/", {"q": "suicide"}).text
    assert blocks_in(html) == ["crisis"]
    assert links_in(html) == ["tel:988", "sms:988", "tel:911"]
    assert "Call 988, Suicide Crisis Helpline" in html


def test_an_overdose_gets_the_ambulance_first(clinic, visit):
    html = visit("/search/", {"q": "overdose"}).text
    assert blocks_in(html) == ["emergency", "crisis"]
    assert links_in(html) == ["tel:911", "tel:988", "sms:988", "tel:911"]


#: A region and a postal code of each country that the post has rules for.
PLACES = {
    "CA": ("ON", "K1A 0B1"),
    "US": ("NY", "14201"),
    "GB": ("Kent", "CT1 2EH"),
    "IE": ("Dublin", "D02 AF30"),
    "AU": ("NSW", "2000"),
    "NZ": ("Wellington", "6011"),
}


@pytest.mark.parametrize(
    ("country", "heading", "emergency", "crisis"),
    [
        ("CA", "call 911", ["tel:911"], ["tel:988", "sms:988", "tel:911"]),
        ("US", "call 911", ["tel:911"], ["tel:988", "sms:988", "tel:911"]),
        ("GB", "call 999", ["tel:999", "tel:111"], ["tel:116123", "tel:999"]),
        ("IE", "call 112 or 999", ["tel:112", "tel:999"], ["tel:116123", "tel:112", "tel:999"]),
        ("AU", "call 000", ["tel:000"], ["tel:131114", "tel:000"]),
        ("NZ", "call 111", ["tel:111"], ["tel:1737", "sms:1737", "tel:111"]),
        ("PT", "call your local emergency number", [], []),
    ],
)
def test_the_numbers_are_those_of_the_clinics_country(clinic, visit, country, heading, emergency, crisis):
    region, code = PLACES.get(country, ("Here", "1"))
    LocationPageFactory(parent__parent=clinic.home, country=country, region=region, postal_code=code)
    html = visit("/search/", {"q": "can't breathe"}).text
    assert f"If this is happening now, {heading}</h2>" in html
    assert links_in(html) == emergency
    assert links_in(visit("/search/", {"q": "suicide"}).text) == crisis


def test_a_clinic_without_a_place_is_where_it_is_licensed(clinic, visit):
    assert clinic.settings.jurisdiction == "CA-ON"
    assert links_in(visit("/search/", {"q": "stroke"}).text) == ["tel:911"]


def test_every_country_has_an_ambulance_and_somebody_who_listens():
    assert all(lines.ambulance and lines.crisis for lines in LINES.values())
    assert lines_of("gb") == LINES["GB"]
    assert lines_of("").ambulance_number == "your local emergency number"


def test_nobody_in_danger_becomes_a_figure(clinic, visit):
    for typed in ("suicide", "chest pain xylophone", "kill myself"):
        visit("/search/", {"q": typed})
    assert not MissedSearch.objects.exists()
    visit("/search/", {"q": "xylophone"})
    assert [row.words for row in MissedSearch.objects.all()] == ["xylophone"]


def test_what_the_library_writes_is_read_at_every_clinic_at_once(clinic, other_clinic, visit):
    assert blocks_in(visit("/search/?q=snakebite").text) == []
    EmergencyHelp.objects.create(
        emergency_words="snake bite", emergency_heading="Call {emergency_number}, <b>then</b> sit down"
    )
    for host in (clinic.host, other_clinic.host):
        html = Client(HTTP_HOST=host).get("/search/?q=snakebite").text
        assert "Call 911, &lt;b&gt;then&lt;/b&gt; sit down</h2>" in html
        assert blocks_in(Client(HTTP_HOST=host).get("/search/?q=chest+pain").text) == []
    EmergencyHelp.objects.get().delete()
    assert blocks_in(visit("/search/?q=chest+pain").text) == ["emergency"]


def test_reading_it_makes_no_row(clinic, visit):
    visit("/search/?q=chest+pain")
    assert not EmergencyHelp.objects.exists()


def form_of(**changed):
    texts = EmergencyHelp()
    names = [field.name for field in EmergencyHelp._meta.fields if not field.primary_key]
    return {name: getattr(texts, name) for name in names} | changed


def test_a_library_editor_writes_it(library_editor, admin_client_of, visit, clinic):
    browser = admin_client_of(library_editor)
    opened = browser.get(ADDRESS, follow=True)
    assert opened.status_code == 200
    assert "happening now" in opened.text
    address = opened.redirect_chain[-1][0]
    response = browser.post(address, form_of(emergency_heading="Call {emergency_number}, please"))
    assert response.status_code == 302
    assert "Call 911, please</h2>" in visit("/search/?q=stroke").text
    assert ModelLogEntry.objects.filter(content_type__model="emergencyhelp", action="wagtail.edit").exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"emergency_heading": "Call {phone}"}, "emergency_heading"),
        ({"crisis_text": "Call {"}, "crisis_text"),
        ({"emergency_heading": "Call", "emergency_text": "somebody"}, "emergency_text"),
        ({"emergency_words": " \n "}, "emergency_words"),
        ({"crisis_words": " \n "}, "crisis_words"),
    ],
)
def test_what_would_leave_somebody_without_help_is_refused(library_editor, admin_client_of, changed, field):
    browser = admin_client_of(library_editor)
    address = browser.get(ADDRESS, follow=True).redirect_chain[-1][0]
    response = browser.post(address, form_of(**changed))
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_a_clinic_neither_sees_nor_changes_it(owner, editor, admin_client_of):
    row = EmergencyHelp.objects.create()
    for person in (owner, editor):
        browser = admin_client_of(person)
        for address in (ADDRESS, f"{ADDRESS}{row.pk}/"):
            assert browser.get(address).status_code == 404
            assert browser.post(address, form_of(emergency_words="x")).status_code == 404
        assert "Emergency help" not in browser.get("/admin/").text
    row.refresh_from_db()
    assert row.emergency_words == emergency_texts.EMERGENCY_WORDS


def test_people_without_the_grant_do_not_change_it(library_editor, admin_client_of):
    reviewer = UserFactory(username="reviewer", groups=[Group.objects.get(name="Clinical reviewers")])
    row = EmergencyHelp.objects.create()
    response = admin_client_of(reviewer).post(f"{ADDRESS}{row.pk}/", form_of(emergency_words="x"))
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.emergency_words == emergency_texts.EMERGENCY_WORDS
