"""A clinic's icons and its web manifest, at addresses that browsers ask for."""

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path

from clinicsite.clinics.brand import brand_of, light_palette
from clinicsite.clinics.icons import SHAPES, icon_digest, icon_ico, icon_png
from clinicsite.clinics.profile import profile_for
from clinicsite.clinics.stylesheets import FOR_EVER
from clinicsite.core.addresses import clinic_address
from clinicsite.core.rendering import current_rendering

FOR_AN_HOUR = "public, max-age=3600"
#: Longer names are cut off under an icon, so they are not offered.
SHORT_NAME = 12


def icon_url(clinic, name: str) -> str:
    """The address of an icon of a clinic; a changed mark has another address."""
    return clinic_address("clinicsite_icon", digest=icon_digest(clinic), name=name)


def icon_view(request, digest, name):
    """An icon of the clinic whose host this is; an old address gets the present one, for an hour."""
    clinic = _clinic_or_404()
    if name not in SHAPES:
        raise Http404("There is no icon of this name.")
    response = HttpResponse(icon_png(clinic, name), content_type="image/png")
    response["Cache-Control"] = FOR_EVER if digest == icon_digest(clinic) else FOR_AN_HOUR
    return response


def favicon(request):
    """The icon where browsers and feed readers look for it unasked."""
    response = HttpResponse(icon_ico(_clinic_or_404()), content_type="image/vnd.microsoft.icon")
    response["Cache-Control"] = FOR_AN_HOUR
    return response


def touch_icon(request):
    """The icon where older phones look for it unasked."""
    return icon_view(request, "", "touch")


def manifest(request):
    """The clinic's name, colours and icons for a phone's home screen (W3C Web Application Manifest)."""
    clinic = _clinic_or_404()
    brand = brand_of(clinic)
    ground = light_palette(brand.primary, brand.accent, brand.mood)["paper"]
    short = {"short_name": clinic.name} if len(clinic.name) <= SHORT_NAME else {}
    values = {
        "name": clinic.name,
        **short,
        "lang": clinic.language,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "theme_color": brand.primary,
        "background_color": ground,
        "icons": [_manifest_icon(clinic, name) for name in ("192", "512", "maskable")],
    }
    response = JsonResponse(values, content_type="application/manifest+json")
    response["Cache-Control"] = FOR_AN_HOUR
    return response


def _manifest_icon(clinic, name):
    side = SHAPES[name].side
    purpose = "maskable" if name == "maskable" else "any"
    return {
        "src": icon_url(clinic, name),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }


def _clinic_or_404():
    clinic = profile_for(current_rendering().site)
    if clinic is None:
        raise Http404("No clinic has this host.")
    return clinic


urlpatterns = [
    path("favicon.ico", favicon, name="clinicsite_favicon"),
    path("apple-touch-icon.png", touch_icon, name="clinicsite_touch_icon"),
    path("manifest.webmanifest", manifest, name="clinicsite_manifest"),
    path("clinicsite/icons/<slug:digest>/<slug:name>.png", icon_view, name="clinicsite_icon"),
]
