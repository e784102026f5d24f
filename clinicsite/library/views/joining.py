"""Make a page independent of the library, and let a page that stood alone follow it."""

import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.rendering import key_or_none
from clinicsite.library.answering.drafts import AnswerError, can_publish_at_once, change_draft
from clinicsite.library.composition import Lock
from clinicsite.library.equality import fingerprint
from clinicsite.library.inbox.updates import NOT_HERE
from clinicsite.library.included import body_with_included
from clinicsite.library.joining import independence
from clinicsite.library.joining.adding import is_alike, library_page_or_none
from clinicsite.library.joining.adding import published_in_library as published
from clinicsite.library.joining.matching import Fate
from clinicsite.library.plain_text import first_words
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.views.clinics import titles

PLAN_CHANGED = "Your page or the library has changed since you opened this. Nothing was saved. Look again."
SHOWN_WORDS = 30

#: Fate -> (word, icon, what happens) as the plan shows it.
FATES = {
    Fate.FOLLOWS: ("Library", "link", "Both say the same. It follows the library from now on."),
    Fate.OWN: ("Yours", "edit", "Yours says something different. It stays in place of the library’s."),
    Fate.LOCKED: (
        "Locked",
        "lock",
        "The library has locked this section, so patients read the library’s text. Yours is kept, unread.",
    ),
    Fate.ADDED: ("Added here", "plus", "Only your page has this. It stays where it is, as an addition."),
    Fate.APPEARS: ("Library", "link", "Your page does not have this. It will appear."),
    Fate.RESTORED: ("As before", "history", "As it was when this page followed the library."),
    Fate.WITHDRAWN: ("Gone", "no-view", "The library’s own text, which it has taken back since. It goes."),
}


@require_http_methods(["GET", "POST"])
def make_independent(request, page_id):
    """Say what it means to leave the library, and do it."""
    page = _own_page_or_404(request.user, page_id)
    draft = page.get_latest_revision_as_object()
    if not draft.is_follower:
        messages.error(request, "This page stands on its own already: it follows no page of the library.")
        return redirect(_back(request, page))
    if request.method == "POST":
        message = f"Made independent of “{draft.library_page.title}”"
        return _change(request, page, independence.leave, message, "It stands on its own now.")
    context = {
        **titles(f"Make “{draft.title}” independent", "link"),
        "page": draft,
        "library_page": draft.library_page,
        "sections": [(section.heading or "Opening") for section in draft.composed],
        "hidden": [section.heading for section in draft.compose() if not section.is_shown],
        **_saving(request, page),
    }
    return TemplateResponse(request, "clinicsite/library/admin/adding/make_independent.html", context)


@require_http_methods(["GET", "POST"])
def follow(request, page_id):
    """Choose a library page, see section by section what happens, adjust it, and follow."""
    page = _own_page_or_404(request.user, page_id)
    draft = page.get_latest_revision_as_object()
    asked = key_or_none(request.POST.get("library") or request.GET.get("library"))
    library_page = library_page_or_none(asked) if asked else None
    try:
        if library_page is None:
            return _choose_library_page(request, page, draft)
        steps = independence.plan_for(draft, library_page)
    except AnswerError as error:
        messages.error(request, str(error))
        return redirect(_back(request, page))
    if request.method == "POST" and request.POST.get("seen") == _seen(steps):
        return _follow(request, page, library_page)
    if request.method == "POST":
        messages.error(request, PLAN_CHANGED)
    return TemplateResponse(
        request,
        "clinicsite/library/admin/adding/follow.html",
        _plan_context(request, page, draft, library_page, steps),
    )


def _follow(request, page, library_page):
    chosen = {name: set(request.POST.getlist(name)) for name in ("to_library", "hidden")}

    def change(draft):
        independence.follow(draft, library_page, **chosen)

    done = f"It follows “{library_page.title}” now."
    return _change(request, page, change, f"Followed “{library_page.title}”", done)


def _plan_context(request, page, draft, library_page, steps):
    return {
        **titles(f"Let “{draft.title}” follow the library", "link"),
        "page": draft,
        "library_page": library_page,
        "is_return": independence.left_by(draft) == library_page.pk,
        "rows": [_step_row(step) for step in steps],
        "seen": _seen(steps),
        **_saving(request, page),
    }


def _step_row(step):
    word, icon, what = FATES[step.fate]
    is_locked = step.library is not None and step.library.lock is Lock.LOCKED
    if is_locked:
        word, icon, _ = FATES[Fate.LOCKED]
    heading = (step.own or step.library).heading
    theirs = step.library.heading if step.library else ""
    is_different = step.fate in (Fate.OWN, Fate.LOCKED)
    return {
        "step": step,
        "heading": heading or theirs or "Opening",
        "word": word,
        "icon": icon,
        "what": what,
        "reason": step.library.lock_reason if is_locked else "",
        "own_words": _shown(step.own) if is_different or step.fate is Fate.ADDED else "",
        "library_words": _shown(step.library) if is_different or step.fate is Fate.APPEARS else "",
    }


def _shown(section):
    return first_words(body_with_included(section.body), SHOWN_WORDS)


def _seen(steps):
    """The plan as one word: somebody who agrees to it must have seen this very plan."""
    marks = [
        f"{step.fate}:{step.own and fingerprint(step.own)}:{step.library and fingerprint(step.library)}"
        for step in steps
    ]
    return hashlib.sha256("|".join(marks).encode()).hexdigest()[:32]


def _choose_library_page(request, page, draft):
    if draft.is_follower or draft.is_in_library:
        raise AnswerError(
            independence.NOT_ALONE if draft.is_follower else independence.NOT_INSIDE_THE_LIBRARY
        )
    pages = list(published(type(draft)).only("pk", "title", "slug", "url_path", "path").order_by("title"))
    left = independence.left_by(draft)
    proposed = [one for one in pages if one.pk == left or is_alike(draft, one)]
    context = {
        **titles(f"Let “{draft.title}” follow the library", "link"),
        "page": draft,
        "library_pages": pages,
        "proposed": sorted(proposed, key=lambda one: one.pk != left),
        "left": left,
        "next": get_valid_next_url_from_request(request),
        "back": _back(request, page),
    }
    return TemplateResponse(request, "clinicsite/library/admin/adding/choose_library_page.html", context)


def _change(request, page, change, message, done):
    """Save a change to the draft, publish it if asked and allowed, and say what became of it."""
    is_now = request.POST.get("how") == "now"
    try:
        changed = change_draft(page.pk, request.user, change, message=message, publish=is_now)
    except AnswerError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, f"Nothing was saved: {' '.join(error.messages)}")
    else:
        where = "Published." if changed.is_published else "Saved in the draft; publish it to show patients."
        messages.success(request, f"“{changed.page.title}”: {done} {where}")
    return redirect(_back(request, page))


def _saving(request, page):
    """What a screen that changes a page says and offers: at once, or into the draft."""
    return {
        "is_at_once": can_publish_at_once(page, request.user),
        "next": get_valid_next_url_from_request(request),
        "back": _back(request, page),
    }


def _back(request, page):
    return get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[page.pk])


def _own_page_or_404(user, page_id):
    """A page that somebody may edit and that can follow the library; any other is as if it were not there."""
    page = scope_at_work(user).pages(Page.objects.filter(pk=page_id)).first()
    specific = page.specific if page else None
    if not isinstance(specific, SharedPage):
        raise Http404(NOT_HERE)
    if not specific.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return specific


urlpatterns = [
    path("pages/<int:page_id>/independent/", make_independent, name="make_independent"),
    path("pages/<int:page_id>/follow/", follow, name="follow"),
]
