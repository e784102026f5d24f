"""One page of each type that a demo clinic has, found as a robot would: through its sitemap."""

import re
from urllib.parse import urlsplit

from tests.browser.server import DemoServer

#: What no sitemap lists, but patients meet. The name of each page type -> its path.
UNLISTED = {
    "leaflet": "/treatments/dry-needling/leaflet/",
    "aftercare-leaflet": "/treatments/dry-needling/leaflet/aftercare/",
    "receipt": "/contact/sent/",
    "search": "/search/",
    "search-found": "/search/?q=neck",
    "search-group": "/search/?q=neck&in=conditions",
    "search-not-found": "/search/?q=zzxqy",
    "offline": "/offline/",
    "not-found": "/no-such-page/",
}
#: Pages at the top of a clinic's site whose type is not their name.
SINGLE = {"about": "standard"}

_ADDRESS = re.compile(r"<loc>([^<]+)</loc>")


def page_types(server: DemoServer, clinic: str) -> dict[str, str]:
    """The name of each page type on a clinic's site -> the path of one page of it."""
    listed = server.get(clinic, "/sitemap.xml")
    assert listed.status == 200
    paths = [urlsplit(address).path for address in _ADDRESS.findall(listed.text)]
    return {_type_of(path): path for path in reversed(paths)} | UNLISTED


def _type_of(path):
    """An index is a type of its own; what lies below it is of one type, but for the forms."""
    first, *below = path.strip("/").split("/")
    if first == "contact":
        return below[0] if below else first
    return f"{first}-page" if below else SINGLE.get(first, first) or "home"
