import factory
from factory.django import DjangoModelFactory

from clinicsite.modalities.models import (
    ConditionIndexPage,
    ConditionPage,
    ModalityIndexPage,
    ModalityPage,
    Reference,
    WarningSignsPage,
)
from tests.factories.base import ClinicPageFactory
from tests.factories.clinics import a_home
from tests.factories.sections import section


class ModalityIndexPageFactory(ClinicPageFactory):
    class Meta:
        model = ModalityIndexPage

    title = "Treatments"
    parent = factory.LazyFunction(a_home)


class ModalityPageFactory(ClinicPageFactory):
    class Meta:
        model = ModalityPage

    title = factory.Sequence(lambda n: f"Treatment {n}")
    summary = "A promise in one sentence."
    sections = factory.LazyFunction(lambda: [section("What is it?", "It is a treatment.", kind="overview")])
    parent = factory.SubFactory(ModalityIndexPageFactory)


class ConditionIndexPageFactory(ClinicPageFactory):
    class Meta:
        model = ConditionIndexPage

    title = "Conditions"
    parent = factory.LazyFunction(a_home)


class ConditionPageFactory(ClinicPageFactory):
    class Meta:
        model = ConditionPage

    title = factory.Sequence(lambda n: f"Condition {n}")
    summary = "What it is, and what helps."
    body_regions = "lower-back"
    sections = factory.LazyFunction(lambda: [section("What is it?", "It is a condition.", kind="overview")])
    parent = factory.SubFactory(ConditionIndexPageFactory)


class WarningSignsPageFactory(ClinicPageFactory):
    """Warning signs in the library: name the folder they stand in as `parent`."""

    class Meta:
        model = WarningSignsPage

    title = "Back"
    sections = factory.LazyFunction(lambda: [section("Back", "Numb between the legs.", kind="urgent_help")])


class ReferenceFactory(DjangoModelFactory):
    class Meta:
        model = Reference

    citation_key = factory.Sequence(lambda n: f"author{n}")
    title = factory.Sequence(lambda n: f"A study of needles, part {n}")
    authors = "Author, A\nBuilder, B"
    container_title = "Journal of Examples"
    year = 2020
    volume = "12"
    issue = "3"
    page = "1-9"
    is_finding_confirmed = True
    doi = factory.Sequence(lambda n: f"10.5555/example.{n}")
