"""The hosts on which a clinic answers."""

from wagtail.models import Site


def hosts_of(site: Site) -> list[str]:
    """Every host that leads to a clinic, in lower case and without a port."""
    return [site.hostname.lower()]
