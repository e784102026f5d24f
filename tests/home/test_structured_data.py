"""What pages tell machines: good schema.org, of this clinic alone, nothing that the page does not show."""

import re
from datetime import UTC, date, datetime, time
from html import unescape

import pytest
import time_machine
from django.test import Client

from clinicsite.clinics.models import ClinicKind, SiteState, SocialLink
from clinicsite.clinics.visits import WORD, word_for
from clinicsite.core.structured_data import changed_on
from clinicsite.home.models import BlogIndexPage, BlogPage, ContactPage, HomePage, StandardPage
from clinicsite.library.models import SectionOverride
from clinicsite.locations.hours import format_time
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    LocationPhone,
    PractitionerPage,
    SpecialHours,
)
from clinicsite.modalities.models import ConditionPage, ModalityPage
from tests.core.schema_org import graph_in, nodes_in, problems_in, types_of, values_in
from tests.factories import ClinicFactory, ImageFactory, ReferenceFactory, section
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

every_page_type = pytest.mark.parametrize("model", EVERY_PAGE_TYPE, ids=lambda model: model.__name__)

#: Some days before the holiday that every location of `Everything` keeps.
NOW = datetime(2026, 12, 10, 15, tzinfo=UTC)


def question(asked, answer):
    value = {"question": asked, "answer": f"<p>{answer}</p>"}
    return {
        "type": "questions",
        "value": {"items": [{"type": "item", "value": value, "id": asked}]},
        "id": asked,
    }


def clinical_sections(reference):
    mark = f'<a linktype="clinicsite-citation" id="{reference.pk}">mark</a>'
    return [
        section("What to expect", "We talk first, then {clinic} begins.", kind="what_to_expect"),
        section("Risks", f"About 1 in 5 has a bruise.{mark}", kind="risks"),
        section("Not for", "People who do not want it.", kind="contraindications"),
        section("Afterwards", "Move &amp; rest.", kind="aftercare"),
        section("Questions", kind="questions", body=[question("Does it hurt?", f"A little.{mark}")]),
    ]


def furnish(everything):
    """Fill in all that a graph can tell of a clinic."""
    pages, reference = everything.pages, ReferenceFactory()
    furnish_library_page(pages[ModalityPage].library_page, pages[PractitionerPage], reference)
    furnish_library_page(pages[ConditionPage].library_page, pages[PractitionerPage], reference)
    pages[BlogPage].sections = clinical_sections(reference)
    pages[StandardPage].sections = [section("Ask", body=[question("Where do I park?", "Behind the house.")])]
    for model in (BlogPage, StandardPage):
        pages[model].save()
    furnish_person(pages[PractitionerPage])
    furnish_place(pages[LocationPage])
    furnish_settings(everything.clinic.settings)


def furnish_library_page(page, reviewer, reference):
    page.sections = [*page.sections.raw_data, *clinical_sections(reference)]
    page.alternate_names = "needling, intramuscular stimulation"
    page.reviewed_by = reviewer
    page.save()


def furnish_person(person):
    person.post_nominals, person.pronouns, person.languages = "PT, FCAMPT", "she/her", "en, fr"
    person.register_name, person.registration_number = "College of Physiotherapists", "12345"
    person.register_url = "https://register.example/12345"
    person.needling_authorised_on, person.summary = date(2020, 3, 1), "Listens first."
    person.search_description = "Never shown on the page itself."
    person.save()


def furnish_place(place):
    place.latitude, place.longitude = "43.65107", "-79.34702"
    place.phones = [
        LocationPhone(number="+14165550123", is_primary=True),
        LocationPhone(number="+14165550124", label="fax"),
        LocationPhone(number="+14165550125", label="text"),
        LocationPhone(number="+14165550126", label="after_hours"),
    ]
    place.save_revision().publish()


def furnish_settings(settings):
    settings.logo = ImageFactory()
    settings.legal_name, settings.booking_url = "North Clinic Inc.", "https://book.example/north"
    settings.social_links = [SocialLink(network="instagram", url="https://instagram.example/north")]
    settings.save()


@pytest.fixture(scope="module")
def everything(kept_database):
    made = Everything(ClinicFactory(hostname="north.localhost", name="North Clinic"), several=2)
    furnish(made)
    foreign = Everything(ClinicFactory(hostname="foreign.localhost", name="Foreign Clinic"), several=1)
    furnish(foreign)
    return made


@pytest.fixture
def read(everything, db):
    """What the server sends for a page: `read(ModalityPage)`."""

    def send(model):
        path = everything.pages[model].get_url_parts()[2]
        with time_machine.travel(NOW, tick=False):
            response = Client(HTTP_HOST=everything.clinic.host).get(path)
        assert response.status_code == 200
        return response.text

    return send


@pytest.fixture
def graph(read):
    """The graph of a page: `graph(ModalityPage)`."""
    return lambda model: graph_in(read(model))


def one(graph, kind):
    """The one node of this type on the page's first level."""
    (found,) = [node for node in graph if kind in types_of(node)]
    return found


def squeezed(text):
    """Letters and digits alone: markup stands between words where text has a space or a comma."""
    return re.sub(r"\W", "", text)


class Page:
    """What a patient sees of a page, for the question whether a value is shown on it."""

    def __init__(self, html, root_url):
        self.body = unescape(html[html.index("<body") :])
        shown = re.sub(r"<sup.*?</sup>|<script.*?</script>", "", self.body, flags=re.DOTALL)
        self.words = squeezed(re.sub(r"<[^>]+>", " ", shown))
        self.root_url = root_url

    def shows(self, value):
        if not isinstance(value, str):
            # A position in a list is seen, not read; coordinates are in the link to the map.
            return isinstance(value, int) or str(value) in self.body
        if value.startswith("http"):
            return self._links_to(value)
        if value.startswith("+"):
            return f"tel:{value}" in self.body or f"sms:{value}" in self.body or self._shows_fax(value)
        if re.fullmatch(r"\d\d:\d\d", value):
            return squeezed(format_time(time.fromisoformat(value))) in self.words or value == "00:00"
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return value in self.body
        return all(squeezed(line) in self.words for line in re.split(r"\n|, ", value))

    def _shows_fax(self, number):
        return squeezed(f"{number[2:5]}{number[5:8]}{number[8:]}") in self.words

    def _links_to(self, url):
        # The words to search for are filled in by whoever reads the graph.
        path = url.removeprefix(self.root_url).removesuffix("?q={words}")
        is_picture = "/media/" in url
        return (
            is_picture or url.startswith("https://schema.org/") or f'href="{path}' in self.body or path == url
        )


@every_page_type
def test_a_graph_is_good_schema_org(graph, everything, model):
    assert problems_in(graph(model), everything.clinic.site.root_url) == []


@every_page_type
def test_a_graph_names_nothing_of_another_clinic(read, model):
    text = str(graph_in(read(model)))
    assert "North Clinic" in text
    assert "oreign" not in text


@every_page_type
def test_a_graph_says_nothing_that_the_page_does_not_show(read, graph, everything, model):
    page = Page(read(model), everything.clinic.site.root_url)
    # The language of the words and the country of a province are seen without being said; the page's own
    # address is where the patient is. When the page last changed is for machines, as in the sitemap.
    shown = model.objects.get(pk=everything.pages[model].pk)
    known = {"en-CA", "CA", shown.full_url, "required name=words", changed_on(shown)}
    assert [value for value in values_in(graph(model)) if value not in known and not page.shows(value)] == []


@every_page_type
def test_every_page_has_the_clinic_its_site_and_itself(graph, everything, model):
    root = everything.clinic.site.root_url
    ids = [node.get("@id") for node in graph(model)]
    assert ids[:3] == [
        f"{root}/#organization",
        f"{root}/#website",
        f"{everything.pages[model].full_url}#page",
    ]


@every_page_type
def test_every_page_but_the_front_page_has_its_way_back(graph, everything, model):
    found = [node for node in graph(model) if node["@type"] == "BreadcrumbList"]
    if model is HomePage:
        assert found == []
        return
    steps = found[0]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[0]["name"] == "Home"
    assert steps[-1]["item"]["@id"] == everything.pages[model].full_url


def test_the_clinic_is_as_header_and_footer_show_it(graph):
    clinic = one(graph(HomePage), "MedicalOrganization")
    assert clinic["name"] == "North Clinic"
    assert clinic["legalName"] == "North Clinic Inc."
    assert clinic["sameAs"] == ["https://instagram.example/north"]
    assert "/media/" in clinic["logo"]


def test_a_location_has_its_address_phones_and_coordinates(graph):
    place = one(graph(LocationPage), "MedicalClinic")
    assert place["@type"] == ["MedicalClinic", "Physiotherapy"]
    assert place["address"]["streetAddress"] == "12 Main Street"
    assert (place["telephone"], place["faxNumber"]) == ("+14165550123", "+14165550124")
    assert [one["telephone"] for one in place["contactPoint"]] == ["+14165550125", "+14165550126"]
    assert place["geo"]["latitude"] == 43.65107
    assert place["potentialAction"] == {"@type": "ReserveAction", "target": "https://book.example/north"}


def test_a_locations_own_page_has_its_holidays_and_its_card_has_the_week(graph):
    hours = one(graph(LocationPage), "MedicalClinic")["openingHoursSpecification"]
    holiday = [each for each in hours if "validFrom" in each]
    assert [(each["validFrom"], each["opens"], each["closes"]) for each in holiday] == [
        ("2026-12-25", "00:00", "00:00")
    ]
    assert len(hours) == 6
    for model in (HomePage, LocationIndexPage, ContactPage):
        cards = [node for node in graph(model) if "MedicalClinic" in types_of(node)]
        assert len(cards) == 2
        assert all("validFrom" not in each for card in cards for each in card["openingHoursSpecification"])


def test_a_holiday_that_is_over_is_no_longer_told(read, everything):
    place = everything.pages[LocationPage]
    place.special_hours = [
        SpecialHours(name="Past", first_date=date(2026, 12, 9), last_date=date(2026, 12, 9)),
        SpecialHours(name="Now", first_date=date(2026, 12, 10), last_date=date(2026, 12, 10)),
    ]
    place.save_revision().publish()
    hours = one(graph_in(read(LocationPage)), "MedicalClinic")["openingHoursSpecification"]
    assert [each["validFrom"] for each in hours if "validFrom" in each] == ["2026-12-10"]


def test_a_massage_clinic_is_not_called_a_physiotherapist(read, everything):
    settings = everything.clinic.settings
    settings.kind = ClinicKind.MASSAGE
    settings.save()
    assert one(graph_in(read(LocationPage)), "MedicalClinic")["@type"] == "MedicalClinic"


def test_a_treatment_is_told_in_the_words_of_its_sections(graph):
    therapy = one(graph(ModalityPage), "MedicalTherapy")
    assert therapy["howPerformed"] == "We talk first, then North Clinic begins."
    assert therapy["adverseOutcome"] == {
        "@type": "MedicalEntity",
        "description": "About 1 in 5 has a bruise.",
    }
    assert therapy["contraindication"] == "People who do not want it."
    assert therapy["followup"] == "Move & rest."
    assert therapy["alternateName"] == ["needling", "intramuscular stimulation"]


def test_what_the_clinic_says_itself_is_what_machines_are_told(read, everything):
    page = ModalityPage.objects.get(pk=everything.pages[ModalityPage].pk)
    taken = next(
        child for child in page.library_page.sections.raw_data if child["value"]["kind"] == "aftercare"
    )
    words = [{"type": "paragraph", "value": "<p>Walk home.</p>", "id": "own"}]
    SectionOverride.objects.create(
        page=page, section_id=taken["id"], action="replace", heading="After", body=words, base={}
    )
    assert one(graph_in(read(ModalityPage)), "MedicalTherapy")["followup"] == "Walk home."


def test_a_treatment_page_mentions_its_conditions_and_a_condition_page_its_treatments(graph, everything):
    page = one(graph(ModalityPage), "MedicalWebPage")
    assert page["about"] == {"@id": f"{everything.pages[ModalityPage].full_url}#treatment"}
    assert [each["@type"] for each in page["mentions"]] == ["MedicalCondition"]
    condition = one(graph(ConditionPage), "MedicalCondition")
    assert condition["@id"] == page["mentions"][0]["@id"]
    assert condition["possibleTreatment"][0]["url"] == everything.pages[ModalityPage].full_url


@pytest.mark.parametrize("model", [ModalityPage, ConditionPage])
def test_a_review_is_told_while_the_page_claims_it_and_no_longer(read, everything, model):
    page = one(graph_in(read(model)), "MedicalWebPage")
    assert page["lastReviewed"] == "2026-03-04"
    assert page["reviewedBy"]["@type"] == "Person"
    shared = everything.pages[model].library_page
    shared.reviewed_on = None
    shared.save()
    page = one(graph_in(read(model)), "MedicalWebPage")
    assert {"lastReviewed", "reviewedBy"} & page.keys() == set()


@pytest.mark.parametrize("model", [ModalityPage, ConditionPage, BlogPage, StandardPage])
def test_questions_are_told_where_the_page_shows_them_and_nowhere_else(read, everything, model):
    page = one(graph_in(read(model)), "FAQPage")
    answers = [each["acceptedAnswer"]["text"] for each in page["mainEntity"]]
    assert answers == (["Behind the house."] if model is StandardPage else ["A little."])
    source = getattr(everything.pages[model], "library_page", None) or everything.pages[model]
    raw = list(source.sections.raw_data)
    raw[-1]["value"]["body"] = section("Plain words")["value"]["body"]
    source.sections = raw
    source.save()
    graph = graph_in(read(model))
    assert [node for node in nodes_in(graph) if node["@type"] == "FAQPage"] == []
    assert "hasPart" not in next(node for node in graph if node.get("@id", "").endswith("#page"))


@pytest.mark.parametrize("model", [ModalityPage, ConditionPage, BlogPage])
def test_what_a_page_cites_is_told_with_its_source(graph, model):
    holder = one(graph(model), "BlogPosting" if model is BlogPage else "MedicalWebPage")
    work = holder["citation"][-1]
    assert work["@type"] == "ScholarlyArticle"
    assert work["isPartOf"] == {"@type": "Periodical", "name": "Journal of Examples"}
    assert [author["name"] for author in work["author"]] == ["Author A", "Builder B"]
    assert (work["datePublished"], work["url"][:16]) == ("2020", "https://doi.org/")


def test_a_practitioner_is_a_person_with_what_they_may_do(graph, everything):
    shown = graph(PractitionerPage)
    assert one(shown, "ProfilePage")["mainEntity"] == {"@id": one(shown, "Person")["@id"]}
    person = one(shown, "Person")
    assert (person["honorificSuffix"], person["jobTitle"]) == ("PT, FCAMPT", "Registered physiotherapist")
    assert [language["name"] for language in person["knowsLanguage"]] == ["English", "French"]
    registration, authorisation = person["hasCredential"]
    assert registration["identifier"] == "12345"
    assert registration["recognizedBy"]["name"] == "College of Physiotherapists"
    assert authorisation["description"] == "Authorized since March 1, 2020"
    assert person["workLocation"][0]["url"] == everything.pages[LocationPage].full_url


def test_a_post_has_its_authors_and_its_date(graph, everything):
    post = one(graph(BlogPage), "BlogPosting")
    assert post["datePublished"] == "2026-05-12"
    authors = {author["url"] for author in post["author"]}
    assert everything.pages[PractitionerPage].full_url in authors
    listed = one(graph(BlogIndexPage), "Blog")["blogPost"]
    assert post["@id"] in {each["@id"] for each in listed}


def test_an_author_who_is_hidden_from_visitors_is_not_told_either(read, everything):
    everything.pages[PractitionerPage].unpublish()
    gone = everything.pages[PractitionerPage].full_url
    assert gone not in str(graph_in(read(BlogPage)))


def test_a_page_of_no_clinic_has_no_graph(everything, client):
    assert "ld+json" not in client.get("/", HTTP_HOST="localhost").text
    assert "ld+json" not in client.get("/nothing-here/", HTTP_HOST=everything.clinic.host).text


def test_a_library_preview_has_no_graph(everything):
    response = everything.pages[ModalityPage].library_page.make_preview_request(preview_mode="")
    assert "ld+json" not in response.content.decode()


def test_a_site_that_is_not_live_is_described_all_the_same(everything):
    """Its clinic looks at it before robots do, and what is wrong should show then."""
    settings = everything.clinic.settings
    settings.state = SiteState.STAGING
    settings.save()
    browser = Client(HTTP_HOST=everything.clinic.host)
    browser.cookies[WORD] = word_for(everything.clinic.site)
    assert one(graph_in(browser.get("/").text), "MedicalOrganization")["name"] == "North Clinic"
