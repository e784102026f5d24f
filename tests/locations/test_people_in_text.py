"""A practitioner whom a text names: with portrait and profession while they are here, by name alone after."""

import pytest
from wagtail.models import ReferenceIndex

from clinicsite.core.rendering import rendering_for
from clinicsite.core.rich_text.printing import printed
from tests.factories import (
    ImageFactory,
    LocationPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
    section,
)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def robin(clinic):
    team = PractitionerIndexPageFactory(parent=clinic.home)
    return PractitionerPageFactory(
        parent=team, title="Robin Vale", profession="Registered physiotherapist", portrait=ImageFactory()
    )


def naming(person, name="Robin Vale"):
    return f'<p>Ask <a linktype="clinicsite-person" id="{person.pk}">{name}</a>.</p>'


def read(clinic, html):
    with rendering_for(clinic.site) as rendering:
        rendering.prepare([html])
        return printed(html)


def test_a_person_is_shown_with_portrait_profession_and_a_link(clinic, robin):
    shown = read(clinic, naming(robin))
    assert shown.startswith('<p>Ask <span class="person-chip"><a href="/team/robin-vale/">')
    assert "<img" in shown
    assert '<span class="person-chip__name">Robin Vale</span>' in shown
    assert '</a> <span class="person-chip__role">(Registered physiotherapist)</span></span>.</p>' in shown


def test_the_name_is_as_it_is_today(clinic, robin):
    robin.title = "Robin Hill"
    robin.save()
    assert "Robin Hill" in read(clinic, naming(robin))


def test_of_one_who_has_left_the_name_stays_without_a_link(clinic, robin):
    robin.unpublish()
    assert read(clinic, naming(robin)) == "<p>Ask Robin Vale.</p>"
    robin.delete()
    assert read(clinic, naming(robin)) == "<p>Ask Robin Vale.</p>"


def test_nothing_is_told_of_another_clinics_person(other_clinic, robin):
    assert read(other_clinic, naming(robin, "somebody")) == "<p>Ask somebody.</p>"


@pytest.mark.parametrize("ident", ["", "x", "-1", "9" * 30])
def test_a_name_that_leads_to_nobody_is_plain(clinic, ident):
    html = f'<p><a linktype="clinicsite-person" id="{ident}">Robin</a></p>'
    assert read(clinic, html) == "<p>Robin</p>"


def test_people_cost_two_queries_however_many_there_are(clinic, robin, django_assert_num_queries):
    others = [
        PractitionerPageFactory(parent=robin.get_parent(), title=name, portrait=ImageFactory())
        for name in ("Sam Reed", "Kim Ash")
    ]
    html = "".join(naming(one, one.title) for one in (robin, *others))
    read(clinic, html)
    with rendering_for(clinic.site) as rendering, django_assert_num_queries(2):
        rendering.prepare([html])
        assert printed(html).count("person-chip__role") == 3


def test_a_section_a_biography_and_notes_on_access_can_name_somebody(clinic, robin, visit):
    body = [{"type": "paragraph", "value": naming(robin), "id": "a"}]
    StandardPageFactory(parent=clinic.home, title="About", sections=[section("Us", body=body)])
    other = PractitionerPageFactory(parent=robin.get_parent(), title="Sam Reed", biography=naming(robin))
    place = LocationPageFactory(parent__parent=clinic.home, access_notes=naming(robin))
    for path in ("/about/", other.url, place.url):
        assert 'class="person-chip"' in visit(path).text


def test_whoever_takes_the_person_down_is_told_where_they_are_named(clinic, robin):
    body = [{"type": "paragraph", "value": naming(robin), "id": "a"}]
    page = StandardPageFactory(parent=clinic.home, title="About", sections=[section("Us", body=body)])
    ReferenceIndex.create_or_update_for_object(page)
    named = ReferenceIndex.get_references_to(robin)
    assert [one.object_id for one in named] == [str(page.pk)]


CHOOSER = "/admin/clinicsite/people-chooser/"


def test_the_window_offers_ones_own_team_without_a_tree_to_walk(
    clinic, other_clinic, robin, owner, admin_client_of
):
    PractitionerPageFactory(parent=robin.get_parent(), title="Not yet here", live=False)
    foreign = PractitionerPageFactory(parent__parent=other_clinic.home, title="Of South")
    browser = admin_client_of(owner)
    window = browser.get(CHOOSER).json()["html"]
    assert "Robin Vale" in window
    assert "Registered physiotherapist" in window
    chosen = browser.get(f"{CHOOSER}chosen/{robin.pk}/").json()["result"]
    assert (chosen["id"], chosen["title"]) == (str(robin.pk), "Robin Vale")
    for words in ("Not yet here", "Of South"):
        assert words not in window
        assert f"{words}</a>" not in browser.get(f"{CHOOSER}results/?q={words}").text
    assert browser.get(f"{CHOOSER}chosen/{foreign.pk}/").status_code == 404
    assert "South" not in browser.get(f"{CHOOSER}chosen-multiple/?id={foreign.pk}").text
    assert browser.get(f"{CHOOSER}create/").status_code in (302, 403, 404)
