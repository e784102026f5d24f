"""What the builders of a demo clinic share: its data, its pictures and its words."""

from dataclasses import dataclass
from functools import cached_property

from clinicsite.demo import data, pictures
from clinicsite.demo.library import DemoLibrary
from clinicsite.demo.records import find
from clinicsite.demo.texts import BodyWriter, Targets


@dataclass
class DemoClinic:
    """One of the demo's clinics, by the name of its data file."""

    key: str
    library: DemoLibrary

    @cached_property
    def spec(self):
        """The clinic as every clinic is made."""
        return data.spec(self.key)

    @cached_property
    def entry(self):
        """What the demo adds to it."""
        return data.clinic(self.key)

    @property
    def logins(self):
        """The people who work on the site: the owner, then the others."""
        return [self.spec.owner, *self.spec.logins]

    @cached_property
    def settings(self):
        """What the clinic says about itself, once it has been made."""
        return find(f"{self.key}/site").clinicsite_settings

    @cached_property
    def collection(self):
        """The clinic's own collection of pictures and documents."""
        return find(f"{self.key}/collection")

    @cached_property
    def targets(self):
        """What the clinic's texts may link to: the library's pages, and its own people."""
        return Targets(pages=dict(self.library.targets.pages), references=self.library.targets.references)

    @property
    def hostname(self):
        """The clinic's host on one's own machine."""
        return self.spec.host

    def picture(self, key):
        """A picture in the clinic's own colours."""
        return pictures.picture(f"{self.key}/picture/{key}", self.collection)

    def writer(self, page_key):
        """Writes the sections of one of the clinic's pages."""
        return BodyWriter(f"{self.key}/{page_key}", self.targets, lambda key: self.picture(key).pk)
