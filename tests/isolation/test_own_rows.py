"""Records that are a clinic's own are named by that clinic alone, by whichever field says whose they are."""

import pytest
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured

from clinicsite.clinics.models import ClinicSettings, Insurer
from clinicsite.clinics.tenancy import own_rows
from clinicsite.clinics.tenancy.naming import Naming, is_met_by, kind_of, side_of
from clinicsite.core.own_things import may_show
from clinicsite.core.rendering import rendering_for
from clinicsite.home.models import ContactMessage, ContactPage
from clinicsite.modalities.models import OwnReference, Reference
from clinicsite.pages import register_own_rows
from tests.factories import ContactPageFactory, StandardPageFactory, UserFactory

pytestmark = pytest.mark.django_db


def by_site(clinic):
    return OwnReference.objects.create(site=clinic.site, title="Knees", year=2020)


def by_page(clinic):
    page = ContactPage.objects.child_of(clinic.home).first() or ContactPageFactory(parent=clinic.home)
    return ContactMessage.objects.create(page=page, name="Ada", email="ada@mail.example")


def by_settings(clinic):
    return Insurer.objects.create(clinic=ClinicSettings.objects.get(site=clinic.site), name="Blue Lake")


#: A model of each kind, as a project of somebody else's may have one -> its field, and a row of a clinic's.
MODELS = {
    "site": (OwnReference, "site", by_site),
    "page": (ContactMessage, "page", by_page),
    "settings": (Insurer, "clinic", by_settings),
}


@pytest.fixture(params=MODELS)
def row_of(request, monkeypatch):
    model, field, make = MODELS[request.param]
    monkeypatch.setattr(own_rows, "_rules", {})
    assert kind_of(model) is None
    register_own_rows(model, field)
    return make


@pytest.fixture
def naming(clinic, owner):
    """What is judged where somebody saves a page of the first clinic."""

    def naming(user=owner):
        page = StandardPageFactory(parent=clinic.home)
        form = page.get_edit_handler().get_form_class()(instance=page, for_user=user)
        return Naming(user, side_of(form), form)

    return naming


def test_the_own_is_named_and_anothers_is_not(clinic, other_clinic, row_of, naming):
    own, foreign = row_of(clinic), row_of(other_clinic)
    keys = {(type(own), str(own.pk)), (type(own), str(foreign.pk)), (type(own), "987654")}
    assert naming().refused(keys) == keys - {(type(own), str(own.pk))}
    assert naming().permits(own)
    assert not naming().permits(foreign)


def test_whoever_works_for_both_names_each_on_its_own_clinics_pages(clinic, other_clinic, row_of, naming):
    both = UserFactory(groups=[clinic.groups.owner, other_clinic.groups.owner])
    assert naming(both).permits(row_of(clinic))
    assert not naming(both).permits(row_of(other_clinic))
    assert not naming(UserFactory(is_superuser=True)).permits(row_of(other_clinic))


def test_one_that_was_there_before_keeps_nobody_from_saving(other_clinic, row_of, naming):
    foreign = row_of(other_clinic)
    judged = naming()
    judged.known = {(type(foreign), str(foreign.pk))}
    assert judged.permits(foreign)


def test_no_chooser_shows_a_neighbours_and_no_site_does(clinic, other_clinic, owner, row_of):
    own, foreign = row_of(clinic), row_of(other_clinic)
    assert is_met_by(owner, own)
    assert not is_met_by(owner, foreign)
    with rendering_for(clinic.site):
        assert may_show(own)
        assert not may_show(foreign)


def test_what_is_not_said_to_be_a_clinics_is_anybodys():
    assert kind_of(Reference) is None
    assert kind_of(OwnReference) is OwnReference


@pytest.mark.parametrize(
    ("field", "error"),
    [("title", ImproperlyConfigured), ("asked_by", ImproperlyConfigured), ("no", FieldDoesNotExist)],
)
def test_a_field_that_leads_to_no_clinic_is_refused_at_start(field, error):
    with pytest.raises(error):
        register_own_rows(OwnReference, field)
