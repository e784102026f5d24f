"""What the builders of a demo clinic share: its data, its pictures and its words."""

from dataclasses import dataclass
from functools import cached_property

from clinicsite.demo import data, pictures
from clinicsite.demo.library import DemoLibrary
from clinicsite.demo.texts import BodyWriter, Targets, rich_text


@dataclass
class DemoClinic:
    """One of the demo's clinics, by the name of its data file."""

    key: str
    library: DemoLibrary

    @cached_property
    def entry(self):
        """The clinic's data."""
        return data.clinic(self.key)

    @cached_property
    def settings(self):
        """What the data says about the clinic."""
        return self.entry["settings"]

    @cached_property
    def collection(self):
        """The clinic's own collection of pictures and documents."""
        return pictures.collection(self.key, self.settings["name"])

    @cached_property
    def targets(self):
        """What the clinic's texts may link to: the library's pages, and its own people."""
        return Targets(pages=dict(self.library.targets.pages), references=self.library.targets.references)

    @property
    def hostname(self):
        """The clinic's host on one's own machine."""
        return f"{self.key}.localhost"

    def picture(self, key):
        """A picture in the clinic's own colours."""
        return pictures.picture(f"{self.key}/picture/{key}", self.collection)

    def portrait(self, person):
        """A practitioner's drawn portrait."""
        return pictures.picture(f"{self.key}/portrait/{person['slug']}", self.collection)

    def logo(self):
        """The clinic's mark, which is its browser icon too."""
        return pictures.picture(f"{self.key}/logo", self.collection)

    def writer(self, page_key):
        """Writes the sections of one of the clinic's pages."""
        return BodyWriter(f"{self.key}/{page_key}", self.targets, lambda key: self.picture(key).pk)

    def words(self, markdown):
        """Rich text of a single field."""
        return rich_text(markdown, self.targets)
