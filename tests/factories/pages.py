import factory

from clinicsite.home.models import ContactPage, StandardPage
from tests.factories.base import ClinicPageFactory
from tests.factories.clinics import a_home


class StandardPageFactory(ClinicPageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda n: f"About {n}")
    parent = factory.LazyFunction(a_home)


class ContactPageFactory(ClinicPageFactory):
    class Meta:
        model = ContactPage

    title = "Contact"
    parent = factory.LazyFunction(a_home)
