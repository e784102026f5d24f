"""The address of a card. It is drawn when somebody asks for it, never while a patient waits for a page."""

from io import BytesIO

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.urls import path
from PIL import Image
from wagtail.models import Page

from clinicsite.clinics.cards.card import Card, card_of
from clinicsite.clinics.cards.drawing import card_jpeg
from clinicsite.clinics.cards.shapes import ROOM
from clinicsite.clinics.icons import icon_png
from clinicsite.clinics.profile import profile_for
from clinicsite.clinics.stylesheets import FOR_EVER
from clinicsite.core.models.pages import BasePage
from clinicsite.core.pictures import filter_of
from clinicsite.core.pictures.making import survived
from clinicsite.core.querysets import open_to_all
from clinicsite.core.rendering import current_rendering

FOR_AN_HOUR = "public, max-age=3600"
#: Networks ask once for a link that is shared and keep what they get, so a day is long enough.
KEPT_SECONDS = 24 * 60 * 60


def card_view(request, page_id, digest):
    """The card of a page of this host's clinic; an old address gets the present card, for an hour."""
    clinic = profile_for(current_rendering().site)
    page = _open_page_or_404(page_id)
    card = card_of(page, clinic)
    response = HttpResponse(_kept(card, clinic), content_type="image/jpeg")
    response["Cache-Control"] = FOR_EVER if digest == card.digest else FOR_AN_HOUR
    return response


def _open_page_or_404(page_id) -> BasePage:
    """A live page of this host's clinic that opens for anybody."""
    site = current_rendering().site
    if site is not None:
        pages = open_to_all(Page.objects.all()).descendant_of(site.root_page, inclusive=True)
        page = pages.filter(pk=page_id).specific().first()
        if isinstance(page, BasePage):
            return page
    raise Http404("No open page of this clinic has this card.")


def _kept(card: Card, clinic) -> bytes:
    """The card's file; one is kept for each page, so a new one takes the place of the old."""
    key = f"clinicsite:card:{card.page_id}"
    digest, content = cache.get(key, ("", b""))
    if digest == card.digest:
        return content
    content = card_jpeg(card, _picture_of(card), Image.open(BytesIO(icon_png(clinic, "192"))))
    cache.set(key, (card.digest, content), KEPT_SECONDS)
    return content


def _picture_of(card: Card) -> Image.Image | None:
    """The page's picture around its focal point, in the shape of the card; None where none can be made."""
    if card.picture is None:
        return None
    _left, _top, width, height = ROOM[card.opening]
    cut = filter_of(f"fill-{width}x{height}|format-png")
    with survived(card.picture, "card"):
        # Made for this card alone, so it is kept as no file of its own.
        made = Image.open(card.picture.generate_rendition_file(cut))
        return _filling(made.convert("RGB"), (width, height))
    return None


def _filling(picture, size):
    """A picture smaller than its place, stretched to it."""
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


urlpatterns = [path("clinicsite/cards/<int:page_id>-<slug:digest>.jpg", card_view, name="clinicsite_card")]
