"""Groups of clinics, and what they have in common: announcement, look, starter pack, pilots."""

from datetime import UTC, datetime

import pytest
import time_machine

from clinicsite.clinics.models import ClinicGroup, ClinicSettings
from clinicsite.clinics.profile import profile_for
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.library.matrix.filters import MatrixFilters
from clinicsite.library.matrix.grid import Matrix
from clinicsite.library.matrix.reach import Reach
from clinicsite.library.models import PackOfGroup, StarterPack
from clinicsite.library.releasing.forms import ReleaseForm
from clinicsite.provisioning import create_clinic
from clinicsite.provisioning.console.filters import ConsoleFilters
from clinicsite.provisioning.console.grid import Console
from clinicsite.provisioning.spec import validate
from clinicsite.provisioning.wizard.steps import STEPS
from tests.factories import ClinicFactory, NetworkPageFactory, UserFactory
from tests.library.pages import follower_of, library_treatment
from tests.provisioning.specs import a_spec

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/clinicsite/groups/"
NONE = {"treatments": [], "conditions": [], "posts": [], "people": []}


@pytest.fixture
def administrator(clinic, library):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def browser(administrator, admin_client_of):
    return admin_client_of(administrator)


@pytest.fixture
def region(clinic):
    group = ClinicGroup.objects.create(name="Alberta", kind="region")
    group.sites.add(clinic.site)
    return group


def announced(clinic):
    return profile_for(clinic.site).current_announcement


class TestAnnouncement:
    def test_a_groups_announcement_shows_where_a_clinic_has_none_of_its_own(
        self, clinic, other_clinic, region
    ):
        assert announced(clinic) == ""
        region.announcement = "Closed on the holiday."
        region.save()
        assert announced(clinic) == "Closed on the holiday."
        assert announced(other_clinic) == ""
        settings = ClinicSettings.objects.get(site=clinic.site)
        settings.announcement = "Our own."
        settings.save()
        assert announced(clinic) == "Our own."
        assert settings.current_announcement == "Our own."

    def test_a_clinics_own_counts_only_while_it_is_due(self, clinic, region):
        region.announcement = "Of the group."
        region.save()
        settings = ClinicSettings.objects.get(site=clinic.site)
        settings.announcement = "Our own."
        settings.announcement_until = datetime(2026, 2, 1, tzinfo=UTC)
        settings.save()
        with time_machine.travel("2026-01-31T00:00:00Z", tick=False):
            assert announced(clinic) == "Our own."
        with time_machine.travel("2026-02-02T00:00:00Z", tick=False):
            assert announced(clinic) == settings.current_announcement == "Of the group."

    def test_it_goes_with_membership_and_with_the_group(self, clinic, other_clinic, region):
        region.announcement = "Of the group."
        region.save()
        announced(other_clinic)
        region.sites.add(other_clinic.site)
        assert announced(other_clinic) == "Of the group."
        region.sites.remove(clinic.site)
        assert announced(clinic) == ""
        region.delete()
        assert announced(other_clinic) == ""

    def test_a_clinic_in_two_groups_reads_the_first_that_is_due(self, clinic, region):
        brand = ClinicGroup.objects.create(name="Zenith", announcement="Of the brand.")
        clinic.site.clinicsite_groups.add(brand)
        assert announced(clinic) == "Of the brand."
        region.announcement = "Of the region."
        region.save()
        assert announced(clinic) == "Of the region."

    def test_patients_read_it(self, clinic, region, visit):
        region.announcement = "Closed on the holiday."
        region.save()
        assert "Closed on the holiday." in visit("/").text


class TestNewClinics:
    def a_group(self, name, **fields):
        return ClinicGroup.objects.create(name=name, **fields)

    def test_a_new_clinic_gets_its_groups_look_and_pack_where_its_spec_leaves_them_open(self, library):
        NetworkPageFactory()
        group = self.a_group("Zenith Physio", brand_primary="#5b1f6b", font_pair="dm-sans", mood="crisp")
        other = self.a_group("Alberta", kind="region", brand_primary="#111111", brand_accent="#7a1f1f")
        pack = StarterPack.objects.create(name="Massage")
        PackOfGroup.objects.create(group=group, pack=pack)
        spec = a_spec(groups=["zenith-physio", "Alberta"], brand={"mood": "warm"}, **NONE)
        made = create_clinic(spec, invite=False)
        settings = ClinicSettings.objects.get(site=made.site)
        assert (settings.brand_primary, settings.brand_accent) == ("#5b1f6b", "#7a1f1f")
        assert (settings.font_pair, settings.mood) == ("dm-sans", "warm")
        assert made.site.clinicsite_chosen_pack.pack == pack
        assert set(made.site.clinicsite_groups.all()) == {group, other}
        assert "Put the clinic into the group “Alberta”." in made.made
        again = create_clinic(spec, invite=False)
        assert "Kept the clinic in the group “Alberta”." in again.kept

    def test_a_group_that_is_not_there_is_a_fault_at_its_place(self, library):
        NetworkPageFactory()
        self.a_group("Alberta")
        found = {fault.path: fault.sentence for fault in validate(a_spec(groups=["Alberta", "Alba"], **NONE))}
        assert found == {"groups[1]": "There is no group “Alba”. There are: Alberta."}

    def test_the_screens_of_a_new_clinic_begin_with_its_groups_look_and_pack(self):
        self.a_group("Plain")
        group = self.a_group("Zenith Physio", brand_primary="#5b1f6b", opening="arch")
        StarterPack.objects.create(name="All")
        PackOfGroup.objects.create(group=group, pack=StarterPack.objects.create(name="Massage"))
        forms = {step.name: step.form_class for step in STEPS}
        first = forms["clinic"]({}, {"groups": ["Plain", "Zenith Physio"]})
        first.is_valid()
        assert first.typed_now(first.cleaned_data)["groups"] == "Plain; Zenith Physio"
        typed = {"groups": "Plain; Zenith Physio"}
        assert forms["clinic"](typed)["groups"].value() == ["Plain", "Zenith Physio"]
        look = forms["look"](typed)
        assert look["brand.primary"].value() == "#5b1f6b"
        assert look["brand.opening"].value() == "arch"
        assert look["brand.accent"].value() == ClinicSettings._meta.get_field("brand_accent").default
        assert forms["pages"](typed)["pack"].value() == "Massage"
        assert forms["pages"]({})["pack"].value() == "All"


class TestFilters:
    def test_the_list_of_clinics_and_the_matrix_are_filtered_by_group(self, clinic, other_clinic, region):
        chief = UserFactory(is_superuser=True)
        console = Console(chief, ConsoleFilters(group=region.pk))
        assert [site.pk for site in console.clinics.sites] == [clinic.site.pk]
        matrix = Matrix(Reach.of(chief), MatrixFilters(group=region.pk))
        assert matrix.site_ids == [clinic.site.pk]
        assert Matrix(Reach.of(chief), MatrixFilters(group=0)).site_ids == []

    def test_the_screens_offer_the_groups(self, admin_client_of, region):
        browser = admin_client_of(UserFactory(is_superuser=True))
        for address in ("/admin/clinicsite/clinics/", "/admin/clinicsite/library/matrix/"):
            assert (
                f'<option value="{region.pk}" selected>Alberta'
                in browser.get(f"{address}?group={region.pk}").text
            )

    def test_somebody_of_one_network_is_offered_the_groups_of_its_clinics(
        self, administrator, clinic, other_clinic, region
    ):
        other = ClinicGroup.objects.create(name="Elsewhere")
        other.sites.add(other_clinic.site)
        other_clinic.home.move(NetworkPageFactory(title="Another network"), pos="last-child")
        assert list(Console(administrator, ConsoleFilters()).groups) == [region]


class TestScreens:
    def form(self, **fields):
        typed = {"name": "Alberta", "kind": "region", "announcement": "", "starter_packs-TOTAL_FORMS": 0}
        return typed | {"starter_packs-INITIAL_FORMS": 0} | fields

    def test_an_administrator_makes_a_group(self, browser, clinic, other_clinic):
        answer = browser.post(f"{ADDRESS}new/", self.form(sites=[clinic.site.pk, other_clinic.site.pk]))
        assert answer.status_code == 302, answer.context["form"].errors
        assert ClinicGroup.objects.get().size == 2
        assert "Alberta" in browser.get(ADDRESS).text

    def test_a_clinic_that_one_does_not_look_after_stays_in_its_group(
        self, browser, clinic, other_clinic, region
    ):
        other_clinic.home.move(NetworkPageFactory(title="Another network"), pos="last-child")
        region.sites.add(other_clinic.site)
        address = f"{ADDRESS}edit/{region.pk}/"
        assert "South Clinic" not in browser.get(address).text
        assert browser.post(address, self.form(name="West")).status_code == 302
        assert [site.pk for site in region.sites.all()] == [other_clinic.site.pk]
        assert (
            browser.post(address, self.form(sites=[clinic.site.pk, other_clinic.site.pk])).status_code == 200
        )

    @pytest.mark.parametrize("who", ["owner", "library_editor"])
    def test_others_find_no_groups(self, who, request, admin_client_of, region):
        browser = admin_client_of(request.getfixturevalue(who))
        assert browser.get(ADDRESS).status_code in (302, 404)
        assert ADDRESS not in browser.get("/admin/").text


def test_a_group_is_chosen_as_pilots_of_a_release(library, clinic, other_clinic, region):
    treatment = library_treatment(library)
    follower_of(treatment, clinic)
    follower_of(treatment, other_clinic, slug="there-too")
    elsewhere = ClinicFactory()
    region.sites.add(elsewhere.site)
    form = ReleaseForm(
        {"to": "pilots", "pilot_groups": [region.pk]}, page=treatment, draft=treatment, is_approved=True
    )
    assert form.is_valid(), form.errors
    # Of the group's two clinics only one follows the page.
    assert list(form.cleaned_data["pilots"]) == [clinic.site]
    both = {"to": "pilots", "pilot_groups": [region.pk], "pilots": [other_clinic.site.pk]}
    form = ReleaseForm(both, page=treatment, draft=treatment, is_approved=True)
    assert form.is_valid(), form.errors
    assert set(form.cleaned_data["pilots"]) == {clinic.site, other_clinic.site}
