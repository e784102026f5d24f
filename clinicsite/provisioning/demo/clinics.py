"""The demo's clinics: one site, one tree, one collection and two logins each."""

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings, Insurer, SiteState, SocialLink
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.provisioning.demo import data, drawing, media
from clinicsite.provisioning.demo.bodies import BodyWriter
from clinicsite.provisioning.demo.clinic_pages import ClinicPages
from clinicsite.provisioning.demo.library import DemoLibrary
from clinicsite.provisioning.demo.people import Login, ensure_login
from clinicsite.provisioning.demo.records import TakenError, add_page, find, make_once
from clinicsite.provisioning.demo.text import Targets, rich_text
from home.models import FeaturedCondition, FeaturedTreatment, HomePage


@dataclass
class ClinicBuilder:
    """Builds one clinic from its data file, whole or not at all."""

    key: str
    network: Page
    library: DemoLibrary
    port: int
    password: str

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
        return media.collection(self.key, self.settings["name"])

    @cached_property
    def targets(self):
        """What the clinic's texts may link to: the library's pages, and its own people."""
        return Targets(pages=dict(self.library.targets.pages), references=self.library.targets.references)

    @property
    def hostname(self):
        """The clinic's host on one's own machine."""
        return f"{self.key}.localhost"

    def build(self) -> list[Login]:
        """Make what is not there yet; pages that exist keep what their editors have made of them."""
        self._draw_pictures()
        with transaction.atomic():
            is_new = find(f"{self.key}/built") is None
            home = self._home()
            site = self._site(home)
            if is_new:
                self._settings(site)
                ClinicPages(self, home).build()
                self._finish_home(home)
                make_once(f"{self.key}/built", lambda: site)
            return self._logins(site)

    def picture(self, key):
        """A picture in the clinic's own colours."""
        return media.picture(
            f"{self.key}/picture/{key}",
            key.replace("-", " ").capitalize(),
            data.picture_descriptions()[key],
            self.collection,
            lambda: drawing.draw(key, self.palette),
        )

    def portrait(self, person):
        """A practitioner's drawn portrait."""
        return media.picture(
            f"{self.key}/portrait/{person['slug']}",
            f"Portrait of {person['name']}",
            f"Drawn portrait of {person['name']}.",
            self.collection,
            lambda: drawing.draw_portrait(person["appearance"], self.palette),
        )

    @cached_property
    def palette(self):
        """The clinic's colours for drawing."""
        return drawing.Palette.from_brand(self.settings["brand_primary"], self.settings["brand_accent"])

    def writer(self, page_key):
        """Writes the sections of one of the clinic's pages."""
        return BodyWriter(f"{self.key}/{page_key}", self.targets, lambda key: self.picture(key).pk)

    def words(self, markdown):
        """Rich text of a single field."""
        return rich_text(markdown, self.targets)

    def _draw_pictures(self):
        """Pictures are drawn before the transaction: drawing is slow, and a file cannot be rolled back."""
        self.picture(self.settings["hero_picture"])
        self._logo()
        for person in self.entry["practitioners"]:
            self.portrait(person)
        for post in data.posts(self.key).values():
            self.picture(post["picture"])

    def _logo(self):
        mark, colour = self.settings["logo_mark"], self.settings["brand_primary"]
        return media.picture(
            f"{self.key}/logo",
            f"Mark of {self.settings['name']}",
            "",
            self.collection,
            lambda: drawing.draw_logo(mark, colour),
        )

    def _home(self):
        page = HomePage(
            title=self.settings["name"],
            slug=self.key,
            hero_heading=self.settings["tagline"],
            promise=self.settings["promise"],
            hero_image=self.picture(self.settings["hero_picture"]),
            introduction_heading=self.entry["home"]["intro_heading"],
            introduction=self.words(self.entry["home"]["intro"]),
            call_heading=self.entry["home"]["cta_heading"],
            call_text=self.entry["home"]["cta_text"],
        )
        return add_page(f"{self.key}/page/home", self.network, page)

    def _site(self, home):
        site = make_once(f"{self.key}/site", lambda: self._new_site(home))
        if site.port != self.port:
            site.port = self.port
            site.save()
        return site

    def _new_site(self, home):
        if Site.objects.filter(hostname=self.hostname).exists():
            raise TakenError(
                f"There is a site on {self.hostname} that the demo did not make. Remove or rename it."
            )
        return Site.objects.create(
            hostname=self.hostname, port=self.port, site_name=self.settings["name"], root_page=home
        )

    def _settings(self, site):
        given = self.settings
        same = (
            "name",
            "legal_name",
            "tagline",
            "kind",
            "email",
            "booking_url",
            "free_consultation",
            "time_zone",
        )
        look = ("brand_primary", "brand_accent", "font_pair", "mood", "opening")
        settings = ClinicSettings(site=site, **{name: given[name] for name in same + look})
        settings.jurisdiction = f"CA-{given['jurisdiction_province']}"
        settings.has_direct_billing = given["direct_billing"]
        settings.state = SiteState.LIVE
        settings.logo = settings.favicon = self._logo()
        settings.insurers = [Insurer(name=name) for name in given["insurers"]]
        settings.social_links = [SocialLink(**link) for link in given["social"]]
        settings.full_clean()
        settings.save()

    def _finish_home(self, home):
        chosen = self.entry["home"]
        for model, kind, slugs in (
            (FeaturedTreatment, "modality", chosen["modalities"]),
            (FeaturedCondition, "condition", chosen["conditions"]),
        ):
            rows = [model(page_id=self.targets.pages[f"own-{kind}", slug]) for slug in slugs]
            setattr(home, model._meta.get_field("home").remote_field.related_name, rows)
        home.save_revision().publish()

    def _logins(self, site):
        groups = ensure_clinic_groups(site, self.collection)
        people = self.entry["users"]
        return [
            ensure_login(
                f"{self.key}-{role}", f"{role} of {site.site_name}", self.password, [group], **people[role]
            )
            for role, group in (("owner", groups.owner), ("editor", groups.editor))
        ]
