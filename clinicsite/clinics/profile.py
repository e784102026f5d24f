"""What every page of a clinic shows of it: name, look, menu, places. Built once a change, not once a view.

`ClinicSettings.version` is renewed with every change to these things. The profile is cached under it, so a
page view reads one row and any process sees a change at once, with or without a shared cache.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from clinicsite.core import site_roots
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering

#: Where a rendering keeps the settings row that came with the site.
SETTINGS = "clinic_settings"
CACHE_SECONDS = 24 * 60 * 60
#: Bumped when the shape of `ClinicProfile` changes, so that an old process's cache is not read.
SHAPE = 4

#: Adds something to each clinic's profile: (site) -> a value that can be pickled.
PartBuilder = Callable[[Site], Any]
_parts: dict[str, PartBuilder] = {}
#: Finds one thing about many clinics with a fixed number of queries: (sites) -> {site id: value}.
SummaryFinder = Callable[[Iterable[Site]], dict[int, Any]]
_summaries: dict[str, SummaryFinder] = {}
_token_sources: list[Callable[["ClinicProfile"], dict[str, str]]] = []


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu."""

    title: str
    url: str


@dataclass(frozen=True)
class Announcement:
    """A message on top of every page, for a while."""

    text: str
    starts: datetime | None
    ends: datetime | None

    def is_shown_at(self, moment: datetime) -> bool:
        """Whether patients see it at this moment."""
        has_begun = self.starts is None or self.starts <= moment
        return bool(self.text) and has_begun and (self.ends is None or moment < self.ends)


@dataclass(frozen=True)
class ClinicProfile:
    """A clinic as its pages show it. `parts` holds what other apps add, such as `places`."""

    site_id: int
    version: str
    root_url: str
    name: str
    legal_name: str
    tagline: str
    kind: str
    email: str
    booking_url: str
    free_consultation: str
    has_direct_billing: bool
    language: str
    time_zone: str
    jurisdiction: str
    state: str
    brand_primary: str
    brand_accent: str
    font_pair: str
    mood: str
    opening: str
    analytics_kind: str
    analytics_script: str
    analytics_site: str
    analytics_on_health_pages: bool
    announcement: Announcement
    logo_id: int | None
    favicon_id: int | None
    insurers: tuple[str, ...]
    social_links: tuple[tuple[str, str, str], ...]
    menu: tuple[MenuItem, ...]
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def current_announcement(self) -> str:
        """The announcement's words while it is due, else nothing."""
        return self.announcement.text if self.announcement.is_shown_at(timezone.now()) else ""

    @property
    def token_values(self) -> dict[str, str]:
        """What this clinic puts in place of the library's tokens."""
        values = {
            "clinic": self.name,
            "email": self.email,
            "booking_url": self.booking_url,
            "free_consultation": self.free_consultation,
        }
        for source in _token_sources:
            values |= source(self)
        return values


def register_part(name: str, builder: PartBuilder) -> None:
    """Add a part to every clinic's profile; templates read it as `clinic.parts.<name>`."""
    _parts[name] = builder


def register_summary(name: str, finder: SummaryFinder) -> None:
    """Add something to lists of many clinics, which are too long for full profiles."""
    _summaries[name] = finder


def summaries_of(sites: Iterable[Site]) -> dict[str, dict[int, Any]]:
    """{name of a summary: {site id: value}} for many clinics; a clinic without a value is left out."""
    sites = list(sites)
    return {name: finder(sites) for name, finder in _summaries.items()}


def register_token_source(source: Callable[[ClinicProfile], dict[str, str]]) -> None:
    """Add values for tokens, taken from a clinic's profile."""
    if source not in _token_sources:
        _token_sources.append(source)


def profile_for(site: Site | None) -> ClinicProfile | None:
    """The profile of a clinic, or None where there is no clinic; one query when nothing has changed."""
    if site is None:
        return None
    rendering = current_rendering()
    if rendering.site != site:
        return _load(site)
    return rendering.remember("clinic_profile", lambda: _load(site))


def bump_version(site_ids) -> None:
    """Say that something shown on every page of these clinics has changed."""
    from clinicsite.clinics.models import ClinicSettings

    ClinicSettings.objects.filter(site_id__in=site_ids).update(version=uuid4().hex)


def connect_signals() -> None:
    """Count every change that can show in a profile."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_page_changed, dispatch_uid=f"clinic_profile_{id(signal)}")
    for signal in (post_save, post_delete):
        signal.connect(_row_changed, dispatch_uid=f"clinic_profile_row_{id(signal)}")
    # Once a picture is deleted, nothing says any more whose logo it was.
    for signal in (post_save, pre_delete):
        signal.connect(
            _image_changed, sender=get_image_model(), dispatch_uid=f"clinic_profile_image_{id(signal)}"
        )


def _page_changed(sender, instance, parent_page_before=None, **kwargs):
    if parent_page_before is None and site_roots.url_parts(instance.url_path) is None:
        # No clinic shows a page of the library, and the library's pages are published most.
        return
    bump_version(_site_ids_above(instance))
    if parent_page_before is not None:
        # A page that has moved away must vanish from the clinic it came from, too.
        bump_version(_site_ids_above(parent_page_before))


def _row_changed(sender, instance, **kwargs):
    from clinicsite.clinics.models import ClinicSettings, Insurer, SocialLink

    if isinstance(instance, ClinicSettings):
        bump_version([instance.site_id])
    elif isinstance(instance, Insurer | SocialLink):
        bump_version([instance.clinic.site_id])
    elif isinstance(instance, Site):
        bump_version([instance.pk])
    elif isinstance(instance, Page) and (kwargs.get("signal") is post_delete or kwargs.get("created")):
        bump_version(_site_ids_above(instance))
    elif isinstance(instance, PageViewRestriction):
        for page in Page.objects.filter(pk=instance.page_id):
            bump_version(_site_ids_above(page))


def _image_changed(sender, instance, **kwargs):
    from clinicsite.clinics.models import ClinicSettings

    shown = ClinicSettings.objects.filter(Q(logo=instance) | Q(favicon=instance))
    bump_version(list(shown.values_list("site_id", flat=True)))


def _site_ids_above(page) -> list[int]:
    return list(
        Site.objects.filter(root_page__in=page.get_ancestors(inclusive=True)).values_list("pk", flat=True)
    )


def _load(site: Site) -> ClinicProfile:
    from clinicsite.clinics.models import ClinicSettings

    rendering = current_rendering()
    found = rendering.remembered.get(SETTINGS) if rendering.site == site else None
    settings = found or ClinicSettings.objects.filter(site=site).first()
    settings = settings or ClinicSettings(site=site, name=site.site_name)
    key = f"clinic_profile:{SHAPE}:{site.pk}:{settings.version}"
    profile = cache.get(key)
    if profile is None:
        profile = _build(site, settings)
        if settings.pk:
            cache.set(key, profile, CACHE_SECONDS)
    return profile


def _build(site: Site, settings) -> ClinicProfile:
    copied = {
        name: getattr(settings, name)
        for name in ClinicProfile.__dataclass_fields__
        if name not in ("root_url", "announcement", "insurers", "social_links", "menu", "parts")
    }
    saved = settings.pk is not None
    return ClinicProfile(
        **copied,
        root_url=site.root_url,
        announcement=Announcement(
            settings.announcement, settings.announcement_from, settings.announcement_until
        ),
        insurers=tuple(insurer.name for insurer in settings.insurers.all()) if saved else (),
        social_links=tuple((s.network, s.get_network_display(), s.url) for s in settings.social_links.all())
        if saved
        else (),
        menu=_menu(site),
        parts={name: builder(site) for name, builder in _parts.items()},
    )


def _menu(site: Site) -> tuple[MenuItem, ...]:
    root = site.root_page
    pages = listed(Page.objects.in_menu().child_of(root), root).values_list("title", "url_path")
    return tuple(MenuItem(title, "/" + url_path[len(root.url_path) :]) for title, url_path in pages)
