"""What every page of a clinic shows of it: name, look, menu, places. Built once a change, not once a view.

`ClinicSettings.version` is renewed with every change to these things (profile_versions.py). The profile is
cached under it, so a page view reads one row and any process sees a change at once, with or without a shared
cache.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page, Site

from clinicsite.clinics.announcements import Announcement, first_due
from clinicsite.clinics.models.groups import groups_of
from clinicsite.clinics.models.notices import Notice
from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.profile_parts import parts_of, token_values_of
from clinicsite.core.addresses import page_path
from clinicsite.core.models.pages import of_our_types
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering

#: Where a rendering keeps the settings row that came with the site.
SETTINGS = "clinic_settings"
CACHE_SECONDS = 24 * 60 * 60
#: Bumped when the shape of `ClinicProfile` changes, so that an old process's cache is not read.
SHAPE = 9


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu."""

    title: str
    url: str


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
    email_in_header: bool
    email_in_footer: bool
    email_on_contact_page: bool
    email_at_locations: bool
    call_heading: str
    call_text: str
    call_button: str
    posts_below: int
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
    group_announcements: tuple[Announcement, ...]
    notices: tuple[Announcement, ...]
    logo_id: int | None
    favicon_id: int | None
    insurers: tuple[str, ...]
    social_links: tuple[tuple[str, str, str], ...]
    menu: tuple[MenuItem, ...]
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def current_announcement(self) -> str:
        """The announcement's words while it is due, else those of the first of its groups; else nothing."""
        return first_due((self.announcement, *self.group_announcements), timezone.now())

    @property
    def current_notices(self) -> list[str]:
        """What the agency tells patients now."""
        return [notice.text for notice in self.notices if notice.is_shown_at(timezone.now())]

    @property
    def announced(self) -> tuple[Announcement, ...]:
        """All that its pages announce, now or at another time."""
        return (self.announcement, *self.group_announcements, *self.notices)

    @property
    def shows_email_everywhere(self) -> bool:
        """Whether every page shows the clinic's e-mail, at its top or its foot."""
        return bool(self.email) and (self.email_in_header or self.email_in_footer)

    @property
    def token_values(self) -> dict[str, str]:
        """What this clinic puts in place of the library's tokens."""
        own = {
            "clinic": self.name,
            "email": self.email,
            "booking_url": self.booking_url,
            "free_consultation": self.free_consultation,
        }
        return own | token_values_of(self)


#: What a profile does not copy from the settings under the same name.
_FOUND = frozenset(
    {"root_url", "announcement", "group_announcements", "notices"}
    | {"insurers", "social_links", "menu", "parts"}
)


def profile_for(site: Site | None) -> ClinicProfile | None:
    """The profile of a clinic, or None where there is no clinic; one query when nothing has changed."""
    if site is None:
        return None
    rendering = current_rendering()
    if rendering.site != site:
        return _load(site)
    return rendering.remember("clinic_profile", lambda: _load(site))


def _load(site: Site) -> ClinicProfile:
    rendering = current_rendering()
    found = rendering.remembered.get(SETTINGS) if rendering.site == site else None
    settings = found or ClinicSettings.objects.filter(site=site).first()
    settings = settings or ClinicSettings(site=site, name=site.site_name)
    key = f"clinicsite:profile:{SHAPE}:{site.pk}:{settings.version}"
    profile = cache.get(key)
    if profile is None:
        profile = _build(site, settings)
        if settings.pk:
            cache.set(key, profile, CACHE_SECONDS)
    return profile


def _build(site: Site, settings) -> ClinicProfile:
    copied = {
        name: getattr(settings, name) for name in ClinicProfile.__dataclass_fields__ if name not in _FOUND
    }
    saved = settings.pk is not None
    return ClinicProfile(
        **copied,
        root_url=site.root_url,
        announcement=Announcement(
            settings.announcement, settings.announcement_from, settings.announcement_until
        ),
        group_announcements=_words_of(group.as_announcement for group in groups_of(site)),
        notices=_words_of(notice.for_patients for notice in Notice.objects.for_sites([site])),
        insurers=tuple(insurer.name for insurer in settings.insurers.all()) if saved else (),
        social_links=tuple((s.network, s.get_network_display(), s.url) for s in settings.social_links.all())
        if saved
        else (),
        menu=_menu(site),
        parts=parts_of(site),
    )


def _words_of(announcements):
    return tuple(one for one in announcements if one.text)


def _menu(site: Site) -> tuple[MenuItem, ...]:
    root = site.root_page
    # A page whose app the project has taken out shows nothing any more.
    below = Page.objects.in_menu().child_of(root).filter(of_our_types("content_type__"))
    pages = listed(below, root).values_list("title", "url_path")
    return tuple(MenuItem(title, page_path(url_path, root.url_path)) for title, url_path in pages)
