"""The stylesheet's address names everything it depends on, so that it can be kept for ever and by anyone.

/clinicsite/1f5f6b-b4572f-figtree-calm-3fa9c2d41b07.css
"""

import re

from django.http import HttpResponse

from clinicsite.clinics.brand import Brand, brand_css, brand_of
from clinicsite.clinics.fonts import PAIRS
from clinicsite.clinics.look import Mood
from clinicsite.clinics.profile import profile_for
from clinicsite.core.addresses import clinic_address
from clinicsite.core.rendering import current_rendering
from clinicsite.core.stylesheet import DIGEST_LENGTH, bundle, digest_of

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_MINUTE = "public, max-age=60"

_SLUG = (
    rf"(?P<primary>[0-9a-f]{{6}})-(?P<accent>[0-9a-f]{{6}})-(?P<font_pair>{'|'.join(PAIRS)})"
    rf"-(?P<mood>{'|'.join(Mood.values)})-[0-9a-f]{{{DIGEST_LENGTH}}}"
)
_LOOK = re.compile(_SLUG)
_ADDRESS = re.compile(rf"/clinicsite/{_SLUG}\.css")


def slug_of(brand: Brand) -> str:
    """The part of the address that names a brand and the present state of the stylesheet."""
    digest = digest_of(bundle(brand.mood).digest, brand_css(brand))
    return f"{brand.primary[1:]}-{brand.accent[1:]}-{brand.font_pair}-{brand.mood}-{digest}".lower()


def stylesheet_of(brand: Brand) -> str:
    """The whole stylesheet of a clinic's pages."""
    return f"{bundle(brand.mood).css}\n{brand_css(brand)}\n"


def stylesheet_url_of(chosen) -> str:
    """The address of the stylesheet in the look of a `ClinicProfile`, `ClinicSettings` or nobody."""
    return clinic_address("clinicsite_stylesheet", digest=slug_of(brand_of(chosen)))


def names_a_look(path: str) -> bool:
    """Whether a path is the address of a stylesheet in some look, which is the same on every host."""
    return _ADDRESS.fullmatch(path) is not None


def stylesheet_view(request, digest):
    """The stylesheet with the brand its address names.

    An old address, such as a cached page still has, gets the present stylesheet, to keep for a minute.
    """
    brand = _brand_in(digest) or brand_of(profile_for(current_rendering().site))
    response = HttpResponse(stylesheet_of(brand), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if digest == slug_of(brand) else FOR_A_MINUTE
    return response


def _brand_in(slug: str) -> Brand | None:
    match = _LOOK.fullmatch(slug)
    if match is None:
        return None
    return Brand(f"#{match['primary']}", f"#{match['accent']}", match["font_pair"], match["mood"])
