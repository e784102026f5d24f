"""The clinic that a checklist is about: what several checks ask, read once."""

from functools import cached_property

from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Page, Site

from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.launching.asking import answer
from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.profile import ClinicProfile, profile_for
from clinicsite.core.querysets import listed

#: (app label, model) of the settings, for their screen.
_SETTINGS = ("clinicsite_clinics", "clinicsettings")


class Subject:
    """A clinic's site, its settings and pages, and what its host answers."""

    def __init__(self, site: Site):
        self.site = site
        self._answers: dict[str, HttpResponse] = {}

    @cached_property
    def settings(self) -> ClinicSettings:
        """What the clinic says about itself."""
        return ClinicSettings.objects.get(site=self.site)

    @cached_property
    def profile(self) -> ClinicProfile:
        """The clinic as its pages show it."""
        profile = profile_for(self.site)
        if profile is None:
            raise ValueError(f"{self.site} is no clinic.")
        return profile

    @cached_property
    def pages(self) -> list[Page]:
        """Every page that patients can read, as rows of the tree; one query."""
        below = Page.objects.descendant_of(self.site.root_page, inclusive=True)
        return list(listed(below, self.site.root_page).select_related("content_type").order_by("path"))

    @cached_property
    def specific_pages(self) -> list[Page]:
        """The same as pages of their types; one query for each type."""
        below = Page.objects.descendant_of(self.site.root_page, inclusive=True)
        return list(listed(below, self.site.root_page).order_by("path").specific())

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Every host of the clinic."""
        return frozenset(hosts_of(self.site))

    def live(self, model):
        """The pages of one type that patients can read, for a query."""
        return model.objects.live().descendant_of(self.site.root_page, inclusive=True)

    def answer(self, path: str) -> HttpResponse:
        """What the clinic's host answers at a path, asked inside this process and once."""
        if path not in self._answers:
            self._answers[path] = answer(self.site, path)
        return self._answers[path]

    def path_of(self, page: Page) -> str:
        """The path of a page on the clinic's host."""
        return "/" + page.url_path[len(self.site.root_page.url_path) :]

    @property
    def settings_url(self) -> str:
        """The screen of the clinic's settings."""
        return reverse("wagtailsettings:edit", args=[*_SETTINGS, self.site.pk])

    @property
    def pages_url(self) -> str:
        """The list of the clinic's pages."""
        return reverse("wagtailadmin_explore", args=[self.site.root_page_id])

    @property
    def addresses_url(self) -> str:
        """The screen of the clinic's hosts."""
        return reverse("clinicsite_addresses:index", args=[self.site.pk])

    @property
    def launch_url(self) -> str:
        """The checklist itself."""
        return reverse("clinicsite_launch:index", args=[self.site.pk])


def edit_url(page: Page) -> str:
    """The editor of a page."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
