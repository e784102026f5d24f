from dataclasses import dataclass

import factory
from wagtail.models import Collection, Page, Site

from clinicsite.clinics.models import ClinicSettings, NetworkPage, SiteState
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.home.models import HomePage
from tests.factories.base import ClinicPageFactory


class NetworkPageFactory(ClinicPageFactory):
    class Meta:
        model = NetworkPage

    title = "Network"
    parent = factory.LazyFunction(Page.get_first_root_node)


def the_network():
    """The one network that clinics of tests lie in."""
    return NetworkPage.objects.first() or NetworkPageFactory()


class HomePageFactory(ClinicPageFactory):
    class Meta:
        model = HomePage

    title = factory.Sequence(lambda n: f"Clinic {n}")
    hero_heading = "Move easier"
    promise = "We listen first, and we tell you what to expect."
    parent = factory.LazyFunction(the_network)


@dataclass
class Clinic:
    """A clinic with all that belongs to it."""

    site: Site
    home: HomePage
    settings: ClinicSettings
    collection: Collection
    groups: object

    @property
    def host(self):
        """What a browser sends as Host."""
        return self.site.hostname


class ClinicFactory:
    """Builds a clinic: `ClinicFactory(hostname="north.localhost", name="North")`."""

    counter = 0

    def __new__(cls, hostname=None, **fields):
        cls.counter += 1
        number = cls.counter
        name = fields.pop("name", f"Clinic {number}")
        home = HomePageFactory(title=name, slug=f"clinic-{number}")
        site = Site.objects.create(
            hostname=hostname or f"clinic-{number}.localhost", port=80, site_name=name, root_page=home
        )
        defaults = {"email": f"desk@clinic-{number}.example", "state": SiteState.LIVE}
        settings = ClinicSettings.objects.create(site=site, name=name, **(defaults | fields))
        collection = Collection.get_first_root_node().add_child(name=f"{name} {number}")
        return Clinic(site, home, settings, collection, ensure_clinic_groups(site, collection))


def a_home():
    """The home page of a new clinic."""
    return ClinicFactory().home
