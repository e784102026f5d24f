"""What a host answers that is a clinic's and not its own: where the clinic's own host is."""

from http import HTTPStatus

from django.http import HttpResponsePermanentRedirect

from clinicsite.clinics.host_checks import PREFIX, answer_check

#: For how long, in seconds, browsers may remember it. They keep a permanent redirect for ever otherwise, and
#: a clinic that goes back from www to bare would send its patients in circles.
REMEMBERED = 10 * 60


class _Kept(HttpResponsePermanentRedirect):
    """A redirect after which what was sent is sent again, as it was (RFC 9110, section 15.4.9)."""

    status_code = HTTPStatus.PERMANENT_REDIRECT


def lead_to(site, request, host: str):
    """Send a visitor on to the clinic's own host, to the same path with the same query."""
    if request.path.startswith(PREFIX):
        return answer_check(request.path.removeprefix(PREFIX), site, host)
    kind = HttpResponsePermanentRedirect if request.method in ("GET", "HEAD") else _Kept
    response = kind(f"{site.root_url}{request.get_full_path()}")
    response["Cache-Control"] = f"public, max-age={REMEMBERED}"
    return response
