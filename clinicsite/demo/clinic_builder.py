"""One demo clinic: made of its spec as every clinic is, then what only the demo adds to it."""

from dataclasses import dataclass, replace

from django.db import transaction
from wagtail.models import Collection, Site

from clinicsite.clinics.models import ClinicRole
from clinicsite.core import indexing
from clinicsite.demo.clinic_pages import ClinicPages
from clinicsite.demo.clinics import DemoClinic
from clinicsite.demo.logins import Login, ensure_login
from clinicsite.demo.records import TakenError, find, make_once
from clinicsite.modalities.models import OwnReference
from clinicsite.provisioning import SpecError, create_clinic
from clinicsite.provisioning.agency import ensure_clinic


@dataclass
class ClinicBuilder:
    """Builds one clinic from its data, whole or not at all."""

    clinic: DemoClinic
    port: int
    password: str

    def build(self) -> list[Login]:
        """Make what is not there yet; a clinic that exists keeps what its editors have made of it."""
        key = self.clinic.key
        with transaction.atomic():
            if find(f"{key}/built") is None:
                self._refuse_a_strangers_host()
                # Before the clinic, which finds them by their addresses and gives them their roles.
                self._people()
                site = self._made()
                self._more_settings(site)
                self._own_references(site)
                with indexing.written_at_the_end():
                    ClinicPages(self.clinic, site.root_page.specific).build()
                make_once(f"{key}/built", lambda: site)
            return self._logins(self._site())

    def _refuse_a_strangers_host(self):
        hostname = self.clinic.hostname
        if find(f"{self.clinic.key}/site") is None and Site.objects.filter(hostname=hostname).exists():
            raise TakenError(
                f"There is a site on {hostname} that the demo did not make. Remove or rename it."
            )

    def _made(self):
        try:
            # What the checklist asks for beside pages, such as a mail that somebody opens, no demo has.
            spec = replace(self.clinic.spec, port=self.port, opens_anyway=True)
            site = create_clinic(spec, invite=False).site
        except SpecError as error:
            raise TakenError(f"The demo's {self.clinic.key} cannot be made: {error}") from error
        make_once(f"{self.clinic.key}/site", lambda: site)
        make_once(f"{self.clinic.key}/collection", lambda: _collection_of(site))
        return site

    def _site(self):
        site = find(f"{self.clinic.key}/site")
        if site.port != self.port:
            site.port = self.port
            site.save()
        return site

    def _more_settings(self, site):
        """What a clinic chooses that no spec says: where its e-mail address is shown."""
        settings = self.clinic.settings
        for place in self.clinic.entry.get("email_shown", []):
            setattr(settings, f"email_{place}", True)
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

    def _people(self):
        return [self._login(login, []) for login in self.clinic.logins]

    def _logins(self, site):
        groups = {
            row.role: [row.group] for row in ClinicRole.objects.filter(site=site).select_related("group")
        }
        return [self._login(login, groups[login.role]) for login in self.clinic.logins]

    def _login(self, person, groups):
        return ensure_login(
            f"{self.clinic.key}-{person.role}",
            f"{person.role} of {self.clinic.spec.name}",
            self.password,
            groups,
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
        )


def _collection_of(site) -> Collection:
    """The collection that the clinic's people work in."""
    _groups, collection = ensure_clinic(site, lambda line: None)
    return collection
