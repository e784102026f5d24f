"""One demo clinic, whole: a site, a tree, a collection and two logins."""

from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings, Insurer, SiteState, SocialLink
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.demo import data, indexes
from clinicsite.demo.clinic_pages import ClinicPages
from clinicsite.demo.clinics import DemoClinic
from clinicsite.demo.logins import Login, ensure_login
from clinicsite.demo.records import TakenError, add_page, find, make_once
from clinicsite.home.models import FeaturedCondition, FeaturedTreatment, HomePage
from clinicsite.modalities.models import OwnReference


@dataclass
class ClinicBuilder:
    """Builds one clinic from its data, whole or not at all."""

    clinic: DemoClinic
    network: Page
    port: int
    password: str

    def build(self) -> list[Login]:
        """Make what is not there yet; pages that exist keep what their editors have made of them."""
        key = self.clinic.key
        self._store_pictures()
        with transaction.atomic(), indexes.written_at_the_end():
            is_new = find(f"{key}/built") is None
            home = self._home()
            site = self._site(home)
            if is_new:
                self._settings(site)
                self._own_references(site)
                ClinicPages(self.clinic, home).build()
                self._finish_home(home)
                make_once(f"{key}/built", lambda: site)
            return self._logins(site)

    def _store_pictures(self):
        """Pictures are stored before the transaction: a file cannot be rolled back."""
        clinic = self.clinic
        clinic.picture(clinic.settings["hero_picture"])
        clinic.logo()
        for person in clinic.entry["practitioners"]:
            clinic.portrait(person)
        for post in data.posts(clinic.key).values():
            clinic.picture(post["picture"])

    def _home(self):
        page = HomePage(
            title=self.clinic.settings["name"],
            slug=self.clinic.key,
            hero_heading=self.clinic.settings["tagline"],
            promise=self.clinic.settings["promise"],
            hero_image=self.clinic.picture(self.clinic.settings["hero_picture"]),
            introduction_heading=self.clinic.entry["home"]["intro_heading"],
            introduction=self.clinic.words(self.clinic.entry["home"]["intro"]),
            call_heading=self.clinic.entry["home"]["cta_heading"],
            call_text=self.clinic.entry["home"]["cta_text"],
        )
        return add_page(f"{self.clinic.key}/page/home", self.network, page)

    def _site(self, home):
        site = make_once(f"{self.clinic.key}/site", lambda: self._new_site(home))
        if site.port != self.port:
            site.port = self.port
            site.save()
        return site

    def _new_site(self, home):
        if Site.objects.filter(hostname=self.clinic.hostname).exists():
            raise TakenError(
                f"There is a site on {self.clinic.hostname} that the demo did not make. Remove or rename it."
            )
        return Site.objects.create(
            hostname=self.clinic.hostname,
            port=self.port,
            site_name=self.clinic.settings["name"],
            root_page=home,
        )

    def _settings(self, site):
        given = self.clinic.settings
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
        for place in given.get("email_shown", []):
            setattr(settings, f"email_{place}", True)
        settings.jurisdiction = f"CA-{given['jurisdiction_province']}"
        settings.has_direct_billing = given["direct_billing"]
        settings.state = SiteState.LIVE
        settings.logo = settings.favicon = self.clinic.logo()
        settings.insurers = [Insurer(name=name) for name in given["insurers"]]
        settings.social_links = [SocialLink(**link) for link in given["social"]]
        settings.full_clean()
        settings.save()

    def _own_references(self, site):
        """The papers that the clinic has brought, and the library has not answered yet."""
        for entry in self.clinic.entry.get("own_references", []):
            fields = {name: value for name, value in entry.items() if name != "key"}
            own = OwnReference(site=site, **fields)
            own.full_clean()
            own.save()
            label = f"{own.short_authors} {own.year}"
            self.clinic.targets.own_references[entry["key"]] = (own.pk, label)

    def _finish_home(self, home):
        chosen = self.clinic.entry["home"]
        for model, kind, slugs in (
            (FeaturedTreatment, "modality", chosen["modalities"]),
            (FeaturedCondition, "condition", chosen["conditions"]),
        ):
            rows = [model(page_id=self.clinic.targets.pages[f"own-{kind}", slug]) for slug in slugs]
            setattr(home, model._meta.get_field("home").remote_field.related_name, rows)
        home.save_revision().publish()

    def _logins(self, site):
        groups = ensure_clinic_groups(site, self.clinic.collection)
        people = self.clinic.entry["users"]
        return [
            ensure_login(
                f"{self.clinic.key}-{role}",
                f"{role} of {site.site_name}",
                self.password,
                [group],
                **people[role],
            )
            for role, group in (("owner", groups.owner), ("editor", groups.editor))
        ]
