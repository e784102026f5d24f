"""Add from the library: what it offers a clinic, page by page or several at once."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from clinicsite.core.rendering import key_or_none, rendering_for
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.inbox.updates import Result, added_sentence
from clinicsite.library.joining.adding import Offers, add_page, library_page_or_none
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.views.clinics import choose_clinic, clinic_or_none, titles

ADD_TITLE, ADD_ICON = "Add from the library", "plus"
NOTHING_CHOSEN = "Nothing was chosen. Tick one or more pages first."


@require_http_methods(["GET", "POST"])
def add(request):
    """What the library offers a clinic, to be added one by one or several at once."""
    site = clinic_or_none(request)
    if site is None:
        question = "Which clinic do you want to add pages to?"
        return choose_clinic(request, title=ADD_TITLE, icon=ADD_ICON, question=question)
    here = f"{request.path}?{urlencode({'clinic': site.pk})}"
    if request.method == "POST":
        for result in _add(request, site):
            _tell(request, result)
        return redirect(get_valid_next_url_from_request(request) or here)
    offers = Offers(site)
    with rendering_for(site):
        groups = [_group(request, offers, model, here) for model in shared_page_models()]
    context = {**titles(ADD_TITLE, ADD_ICON), "site": site, "groups": [one for one in groups if one["rows"]]}
    context["may_publish"] = any(one["may_publish"] for one in groups)
    return TemplateResponse(request, "clinicsite/library/admin/adding/add.html", context)


def _add(request, site):
    one, how = request.POST.get("one", ""), request.POST.get("several", "")
    chosen = request.POST.getlist("add")
    if one:
        page_id, _, how = one.partition("|")
        chosen = [page_id]
    if not chosen:
        return [Result(NOTHING_CHOSEN, is_done=False)]
    return [_add_one(request, site, page_id, is_live=how == "live") for page_id in chosen]


def _add_one(request, site, page_id, *, is_live):
    library_page = library_page_or_none(key_or_none(page_id))
    if library_page is None or not library_page.live:
        return Result("The library does not offer this page any more.", is_done=False)
    title, slug = (request.POST.get(f"{name}-{library_page.pk}", "").strip() for name in ("title", "slug"))
    try:
        page = add_page(site, library_page, request.user, title=title, slug=slug, is_live=is_live)
    except AnswerError as error:
        return Result(str(error), is_done=False)
    except PermissionDenied:
        return Result("You may not add pages there. Ask the clinic’s owner.", is_done=False)
    return Result(added_sentence(page, slug or library_page.slug))


def _tell(request, result):
    tell = messages.success if result.is_done else messages.error
    tell(request, result.sentence)


def _group(request, offers, model, here):
    """The offers of one page type, and where they would go."""
    place = offers.places[model]
    permissions = place.parent.permissions_for_user(request.user) if place.parent else None
    of_type = [offer for offer in offers.all if type(offer.page) is model]
    return {
        "name": model._meta.verbose_name_plural,
        "missing": place.missing,
        "make_url": _make_url(offers.root, place, request.user),
        "may_add": bool(permissions and permissions.can_add_subpage()),
        "may_publish": bool(permissions and permissions.can_publish_subpage()),
        "rows": [_offer_row(offers.site, offer, here) for offer in of_type],
    }


def _make_url(root, place, user):
    """Where to make the page that is missing, for somebody who may."""
    if place.missing_model is None or not root.permissions_for_user(user).can_add_subpage():
        return ""
    meta = place.missing_model._meta
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, root.pk])


def _offer_row(site, offer, here):
    back = {"next": here}
    follow = ""
    if offer.similar:
        address = reverse("clinicsite_library:follow", args=[offer.similar.pk])
        follow = f"{address}?{urlencode({'library': offer.page.pk, **back})}"
    preview = reverse("clinicsite_library:preview_as", args=[offer.page.pk, site.pk])
    return {
        "offer": offer,
        "summary": offer.page.composed_summary,
        "preview_url": f"{preview}?{urlencode(back)}",
        "follow_url": follow,
    }


urlpatterns = [path("add/", add, name="add")]
