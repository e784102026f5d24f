"""Whether a proxy may get a certificate for a host: yes for those we know, and for nobody else's.

Caddy asks before it gets one on demand (`on_demand_tls { ask … }`), and other proxies can. Without an answer
anybody could have certificates made for any name that leads here, until the authority gives us none.
"""

from django.http import HttpResponse

from clinicsite.clinics import hosts
from clinicsite.core.conf import conf

#: Under this path the agency's host answers, and any that is this machine's own.
PATH = "/clinicsite/ask/"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
#: The longest name that a host can have (RFC 1035, section 2.3.4).
LONGEST = 253


def is_asked(path: str, host: str) -> bool:
    """Whether a request is the proxy's question; a clinic's host knows no such address."""
    return path == PATH and host in LOOPBACK | {conf.AGENCY_HOST}


def answer(request) -> HttpResponse:
    """200 for the agency's host and every host of a clinic, else 404; two short queries at most."""
    host = request.GET.get("domain", "")
    is_ours = 0 < len(host) <= LONGEST and "\x00" not in host and hosts.is_known(host)
    words, status = ("yes", 200) if is_ours else ("no", 404)
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
