"""Which hosts a clinic has: its own, which `Site.hostname` alone names, and others that lead there.

A host belongs to one clinic. Where a site is on a host, the site answers; only then is it asked whether the
host leads elsewhere. A clinic that moves to another host keeps the one it had, which leads to the new one.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from wagtail.models import Site

from clinicsite.clinics.host_names import counterpart_of, host_as_stored, reserved_hosts
from clinicsite.clinics.models.hosts import ClinicHost, HostCheck, HostState
from clinicsite.clinics.models.settings import SiteState
from clinicsite.clinics.tenancy.scope import clinic_sites
from clinicsite.core import wagtail_private
from clinicsite.core.models.pages import is_front_page

LEADS_ELSEWHERE = "{host} leads to “{name}”. Take it away there first, under “Addresses” of that clinic."
_MOVED_FROM = "_clinicsite_moved_from"


@dataclass(frozen=True)
class KnownHost:
    """One host of a clinic.

    Args:
        name: As browsers send it.
        is_own: Whether it is the site's own, to which the others lead.
        state: How far it has come.
        check: What was found the last time it was asked; None where nobody has asked yet.
    """

    name: str
    is_own: bool
    state: HostState
    check: HostCheck | None


def hosts_of(site: Site) -> list[str]:
    """Every host of a clinic's site, its own first."""
    return [site.hostname, *ClinicHost.objects.filter(site=site).values_list("name", flat=True)]


def known_hosts_of(site: Site) -> list[KnownHost]:
    """Every host of a clinic's site with what is known of it, its own first; three queries."""
    checks = {check.name: check for check in HostCheck.objects.filter(site=site)}
    chosen = getattr(site, "clinicsite_settings", None)
    is_live = chosen is not None and chosen.state == SiteState.LIVE
    return [
        KnownHost(name, name == site.hostname, _state(checks.get(name), is_live), checks.get(name))
        for name in hosts_of(site)
    ]


def _state(check, is_live):
    if check is None:
        return HostState.UNASKED
    if check.problem:
        return HostState.REQUESTED
    return HostState.LIVE if is_live else HostState.ANSWERS


def site_led_to(host: str) -> Site | None:
    """The clinic's site that a host leads to, with its settings; None for a host that leads nowhere."""
    found = ClinicHost.objects.filter(name=host)
    row = found.select_related("site__root_page", "site__clinicsite_settings").first()
    return row.site if row is not None and is_front_page(row.site.root_page) else None


def is_known(host: str) -> bool:
    """Whether a host is a clinic's or the agency's: for whoever is asked to get it a certificate."""
    name = host_as_stored(host)
    return (
        name in reserved_hosts()
        or clinic_sites().filter(hostname=name).exists()
        or ClinicHost.objects.filter(name=name).exists()
    )


def who_has(host: str, besides: Site | None = None) -> str:
    """The name of the clinic or site that has a host already; empty where it is free.

    Args:
        host: As browsers send it.
        besides: The site that asks, and may have it.
    """
    pk = besides and besides.pk
    site = Site.objects.filter(hostname__iexact=host).exclude(pk=pk).first()
    if site is None:
        row = ClinicHost.objects.filter(name=host).exclude(site=pk).select_related("site").first()
        site = row and row.site
    return (site.site_name or site.hostname) if site is not None else ""


def proposals_for(site: Site) -> list[str]:
    """Hosts that people will type for this site and that nobody has: www beside bare, and the reverse."""
    known = hosts_of(site)
    wanted = dict.fromkeys(filter(None, map(counterpart_of, known)))
    return [name for name in wanted if name not in known and not who_has(name)]


def note(site: Site, name: str, problem: str) -> HostCheck:
    """Keep what was found when a host was asked."""
    found = {"checked_at": timezone.now(), "problem": problem}
    return HostCheck.objects.update_or_create(site=site, name=name, defaults=found)[0]


def refuse_anothers(site: Site, sent: dict) -> None:
    """Refuse a clinic's site a host that leads to another clinic; asked by Wagtail's form for a site.

    Args:
        site: As it is stored, or empty for a new one.
        sent: What the form has read.
    """
    host = host_as_stored(sent.get("hostname") or "")
    if host and is_front_page(sent.get("root_page")):
        row = ClinicHost.objects.filter(name=host).exclude(site=site.pk).select_related("site").first()
        if row is not None:
            name = row.site.site_name or row.site.hostname
            raise ValidationError({"hostname": LEADS_ELSEWHERE.format(host=host, name=name)})


def connect_signals() -> None:
    """Have a clinic that moves to another host keep the one it had."""
    wagtail_private.add_rule_for_sites(refuse_anothers)
    pre_save.connect(_moving, sender=Site, dispatch_uid="clinicsite_host_moving")
    post_save.connect(_moved, sender=Site, dispatch_uid="clinicsite_host_moved")


def _moving(instance, raw=False, **kwargs):
    before = None
    if instance.pk and not raw:
        before = Site.objects.filter(pk=instance.pk).values_list("hostname", flat=True).first()
    setattr(instance, _MOVED_FROM, before)


def _moved(instance, raw=False, **kwargs):
    before = getattr(instance, _MOVED_FROM, None)
    if raw or before == instance.hostname or not is_front_page(instance.root_page):
        return
    # A site wins over what leads elsewhere, whoever wrote it.
    ClinicHost.objects.filter(name=instance.hostname).delete()
    if before and not who_has(before) and before not in reserved_hosts():
        ClinicHost.objects.get_or_create(name=before.lower(), defaults={"site": instance})
