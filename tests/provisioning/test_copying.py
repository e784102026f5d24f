"""A clinic made after another: its look, library pages and own words, and nothing of the other's alone."""

import pytest
from wagtail.models import Site

from clinicsite.clinics.models import ClinicGroup, ClinicSettings
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.home.models import ContactMessage, StandardPage
from clinicsite.library.models import SectionOverride
from clinicsite.locations.models import LocationPage, PractitionerPage
from clinicsite.modalities.models import ModalityPage
from clinicsite.provisioning import create_clinic
from clinicsite.provisioning.copying import typed_of
from clinicsite.provisioning.models import ClinicPlan
from clinicsite.provisioning.wizard.judging import judge
from tests.factories import ImageFactory, NetworkPageFactory, UserFactory
from tests.library.pages import take_over
from tests.provisioning.specs import a_library, a_spec

pytestmark = pytest.mark.django_db
PLACE = {"location": "Old Town", "street": "12 Mill Lane", "city": "Red Deer", "postal_code": "t4n 1a1"}
NEW = PLACE | {"name": "Second", "host": "second.localhost", "email": "desk@second.example"}
NEW |= {"phone": "403 555 0123", "owner_email": "mo@second.example", "state": "live"}


@pytest.fixture
def template():
    a_library()
    site = create_clinic(a_spec(brand={"primary": "#5b1f6b", "mood": "crisp"}), invite=False).site
    settings = ClinicSettings.objects.get(site=site)
    settings.posts_below = 7
    settings.save()
    return site


def own(site, model=ModalityPage):
    return model.objects.of_site(site).filter(library_page__isnull=False).first()


def plain(site, title, **fields):
    page = site.root_page.specific.add_child(instance=StandardPage(title=title, **fields))
    page.save_revision().publish()
    return page


def copied(template, **changes):
    judged = judge(typed_of(template) | NEW | changes)
    assert not judged.faults
    return create_clinic(judged.spec, invite=False, template=template)


def test_look_rules_groups_and_library_pages_are_the_templates(template):
    ClinicGroup.objects.create(name="Alberta").sites.add(template)
    made = copied(template)
    settings = ClinicSettings.objects.get(site=made.site)
    assert (settings.brand_primary, settings.mood, settings.posts_below) == ("#5b1f6b", "crisp", 7)
    assert settings.email == "desk@second.example"
    assert [group.name for group in made.site.clinicsite_groups.all()] == ["Alberta"]
    follows = ModalityPage.objects.of_site(made.site).values_list("library_page", flat=True)
    assert set(follows) == set(ModalityPage.objects.of_site(template).values_list("library_page", flat=True))


def test_people_places_messages_and_drafts_stay_with_the_template(template):
    ContactMessage.objects.create(page=template.root_page, name="Pat", email="pat@people.example")
    draft = plain(template, "Parking")
    draft.title = "Not published"
    draft.save_revision()
    made = copied(template)
    assert not PractitionerPage.objects.descendant_of(made.site.root_page).exists()
    assert [page.title for page in LocationPage.objects.descendant_of(made.site.root_page)] == ["Old Town"]
    assert ContactMessage.objects.count() == 1
    assert StandardPage.objects.descendant_of(made.site.root_page).filter(title="Parking").exists()
    assert not StandardPage.objects.descendant_of(made.site.root_page).filter(title="Not published").exists()
    logins = made.site.clinicsite_roles.values_list("group__user__email", flat=True)
    assert set(logins) - {None} == {"mo@second.example"}


def test_own_words_come_along_and_are_the_new_clinics_to_change(template):
    page = own(template)
    section = page.library_page.sections.raw_data[0]
    take_over(page, section, "Our way", "We needle slowly.")
    made = copied(template)
    new = ModalityPage.objects.of_site(made.site).get(library_page=page.library_page_id)
    record = SectionOverride.objects.get(page=new)
    assert (record.heading, record.base) == ("Our way", SectionOverride.objects.get(page=page).base)
    assert f"Copied own words to “{new.title}”." in made.made
    latest = new.get_latest_revision_as_object()
    assert [one.heading for one in latest.clinicsite_section_overrides.all()] == ["Our way"]
    record.delete()
    assert SectionOverride.objects.get().page_id == page.pk


def test_what_shows_something_of_the_templates_own_is_left_out_and_said(template):
    group = template.clinicsite_roles.first().group
    collection = group.collection_permissions.first().collection
    plain(template, "About us", hero_image=ImageFactory(collection=collection))
    plain(template, "Fees")
    made = copied(template)
    titles = set(StandardPage.objects.descendant_of(made.site.root_page).values_list("title", flat=True))
    assert "Fees" in titles
    assert "About us" not in titles
    (note,) = [note for note in made.notes if "About us" in note]
    assert note.endswith("it shows or links to something of Lakeside Physiotherapy’s own.")


def test_a_clinic_that_is_there_gets_no_words(template):
    plain(template, "Fees")
    other = create_clinic(a_spec(slug="other", host="other.localhost", name="Other"), invite=False).site
    again = create_clinic(
        a_spec(slug="other", host="other.localhost", name="Other"), invite=False, template=template
    )
    assert again.made == ()
    assert not StandardPage.objects.descendant_of(other.root_page).filter(title="Fees").exists()


class TestScreens:
    @pytest.fixture
    def browser(self, template, library, admin_client_of, clinic):
        network = template.root_page.get_parent()
        groups = ensure_agency_groups(library, [network], clinic.collection)
        return admin_client_of(UserFactory(username="admin", groups=[groups["Agency administrators"]]))

    def test_copying_begins_a_clinic_with_what_is_the_templates(self, browser, template):
        plain(template, "Fees")
        answer = browser.post(f"/admin/clinicsite/new-clinic/copy/{template.pk}/")
        plan = ClinicPlan.objects.get()
        assert answer.url == f"/admin/clinicsite/new-clinic/{plan.pk}/clinic/"
        text = browser.get(answer.url).text
        assert "It is made after Lakeside Physiotherapy." in text
        assert "hello@lakeside.example" not in text
        look = browser.get(f"/admin/clinicsite/new-clinic/{plan.pk}/look/")
        assert look.context["form"]["brand.primary"].value() == "#5b1f6b"
        plan.typed |= NEW | {"owner_first_name": "Mo"}
        plan.save()
        summary = browser.get(f"/admin/clinicsite/new-clinic/{plan.pk}/").text
        assert "those of Lakeside Physiotherapy, with its own words and plain pages" in summary
        browser.post(f"/admin/clinicsite/new-clinic/{plan.pk}/")
        site = Site.objects.get(hostname="second.localhost")
        assert StandardPage.objects.descendant_of(site.root_page).filter(title="Fees").exists()

    def test_a_clinic_of_another_network_is_not_copied(self, browser, template):
        template.root_page.move(NetworkPageFactory(title="Elsewhere"), pos="last-child")
        assert browser.post(f"/admin/clinicsite/new-clinic/copy/{template.pk}/").status_code == 404
        assert not ClinicPlan.objects.exists()

    def test_an_owner_copies_nothing(self, template, admin_client_of):
        owner = UserFactory(groups=[template.clinicsite_roles.get(role="owner").group])
        answer = admin_client_of(owner).post(f"/admin/clinicsite/new-clinic/copy/{template.pk}/")
        assert answer.status_code == 404
