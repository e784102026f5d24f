"""From the page editor to a screen of the library: the draft is saved first, so that nothing is lost."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from wagtail.admin import messages
from wagtail.models import Page

from clinicsite.library.answering.drafts import AnswerError, forget_if_idle
from clinicsite.library.answering.offers import GO, MOVES
from clinicsite.library.answering.questions import move


def lead_to_screen(request, page: Page):
    """After a draft was saved by one of the panel's buttons: go where it leads; otherwise nothing.

    Runs on every save, autosaves included, which it leaves alone.
    """
    address = request.POST.get(GO)
    if not address or not request.accepts("text/html"):
        return None
    match = _screen(request, address)
    if match is None:
        return None
    # Who has changed nothing has no draft, so an answer can go live at once.
    forget_if_idle(page)
    back = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if "section_id" in match.kwargs:
        back += f"#section-{match.kwargs['section_id']}"
    if match.kwargs.get("action") in MOVES and match.kwargs["page_id"] == page.pk:
        _move(request, **match.kwargs)
        return redirect(back)
    return redirect(f"{address}?{urlencode({'next': back})}")


def _screen(request, address):
    """Which of the library's screens an address is; None for any other address in the world."""
    try:
        match = resolve(address, getattr(request, "urlconf", None))
    except Resolver404:
        return None
    return match if match.namespaces == ["clinicsite_library"] else None


def _move(request, page_id, section_id, action):
    try:
        move(request.user, page_id, section_id, action)
    except AnswerError as refusal:
        messages.error(request, str(refusal))
