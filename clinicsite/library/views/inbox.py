"""Library updates: one inbox for each clinic, answered in place, one by one or several at once."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.library.inbox.box import Inbox
from clinicsite.library.inbox.questions import (
    ANSWER_LABELS,
    BULK_ANSWERS,
    BULK_LABELS,
    UPDATE_LABELS,
    Answer,
    Question,
    UpdateKind,
)
from clinicsite.library.inbox.updates import Outcome, Result, answer_update
from clinicsite.library.joining import adding
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.views.clinics import choose_clinic, clinic_or_none, clinics_of, titles

TITLE, ICON = "Library updates", "resubmit"
QUESTIONS_PER_PAGE = 50
ADD_REPLACEMENT = {
    Answer.ADD_DRAFT: "Add “{title}” as a draft",
    Answer.ADD_LIVE: "Add and publish “{title}”",
}
NOTHING_CHOSEN = "Nothing was chosen. Tick one or more updates first, then say what to do with them."


class UpdatesMenuItem(MenuItem):
    """The way to a clinic's library updates, for people who look after a clinic."""

    def is_shown(self, request):
        return not scope_at_work(request.user).is_projects and clinics_of(request.user).exists()


@require_http_methods(["GET", "POST"])
def inbox(request):
    """What a clinic has to answer, and its answers."""
    site = clinic_or_none(request)
    if site is None:
        question = "Whose library updates do you want to see?"
        return choose_clinic(request, title=TITLE, icon=ICON, question=question)
    if request.method == "POST":
        return _answer(request, site)
    context = _context(request, site)
    return TemplateResponse(request, "clinicsite/library/admin/inbox/inbox.html", context)


def _answer(request, site):
    one, several = request.POST.get("one"), request.POST.get("several")
    if request.POST.get("take-back"):
        results = [_take_back(request, site)]
    elif one:
        answer, _, key = one.partition("|")
        results = [answer_update(site, request.user, answer, key)]
    else:
        results = [answer_update(site, request.user, several, key) for key in request.POST.getlist("row")]
    _tell(request, results)
    return redirect(get_valid_next_url_from_request(request) or _address(site))


def _take_back(request, site):
    adding.refuse_unless_editing(site, request.user)
    library_page = adding.library_page_or_none(request.POST["take-back"])
    if library_page is None:
        return Result("The library has no such page any more.", is_done=False)
    adding.take_back_declined(site, library_page)
    return Result(f"“{library_page.title}” is offered again.")


def _tell(request, results: Sequence[Result]):
    """Each refusal by itself; what was done by itself too, or counted where it is much."""
    if not results:
        messages.warning(request, NOTHING_CHOSEN)
    done = [result for result in results if result.is_done]
    if len(done) > 3:
        counts = Counter(result.outcome for result in done)
        told = ", ".join(f"{counts[one]} {one}" for one in Outcome if counts[one])
        messages.success(request, f"{len(done)} answers carried out: {told}.")
    else:
        for result in done:
            messages.success(request, result.sentence)
    for result in results:
        if not result.is_done:
            messages.error(request, result.sentence)


def _context(request, site):
    box = Inbox(site, request.user)
    questions = box.questions()
    kind, type_name = request.GET.get("kind", ""), request.GET.get("type", "")
    of_kind = [one for one in questions if kind in ("", one.kind)]
    shown = [one for one in of_kind if type_name in ("", one.page._meta.label_lower)]
    page = Paginator(shown, QUESTIONS_PER_PAGE).get_page(request.GET.get("p"))
    here = request.get_full_path()
    return {
        **titles(TITLE, ICON),
        "site": site,
        "is_only_clinic": len(clinics_of(request.user)[:2]) == 1,
        "here": here,
        "page_of_questions": page,
        "rows": [_row(request, site, question, here) for question in page],
        "has_questions": bool(questions),
        "pilots": [(one, _edit_address(one.page)) for one in box.pilots()],
        "kinds": [(one, UPDATE_LABELS[one][0], _how_many(questions, one)) for one in UpdateKind],
        "types": [(model._meta.label_lower, model._meta.verbose_name) for model in shared_page_models()],
        "chosen_kind": kind,
        "chosen_type": type_name,
        "filters": urlencode({"clinic": site.pk, "kind": kind, "type": type_name}),
        "bulk_answers": _bulk_answers(page),
        "declined": box.offers.declined,
    }


def _how_many(questions, kind):
    return sum(question.kind == kind and not question.is_answered for question in questions)


def _bulk_answers(questions):
    """The answers that at least one question on the screen takes."""
    possible = {answer for question in questions for answer in question.answers}
    return [(answer, BULK_LABELS[answer]) for answer in BULK_ANSWERS if answer in possible]


def _row(request, site, question: Question, here):
    word, icon = UPDATE_LABELS[question.kind]
    return {
        "question": question,
        "word": word,
        "icon": icon,
        "type_name": question.page._meta.verbose_name,
        "consequence": _consequence(request, question),
        "look_first": _look_first(question, here),
        "buttons": _buttons(question),
        "links": _links(site, question, here),
    }


def _look_first(question: Question, here):
    """The address of the comparison, for what nobody should answer unseen."""
    if not question.can_compare:
        return ""
    compare = reverse("clinicsite_library:compare", args=[question.page.pk, question.section_id])
    return f"{compare}?{urlencode({'next': here})}"


def _buttons(question: Question):
    """(answer and question as the form sends them, label)."""
    buttons = [(f"{answer}|{question.key}", ANSWER_LABELS[answer]) for answer in question.answers]
    instead = question.replacement
    if instead:
        buttons += [
            (f"{answer}|{instead.key}", ADD_REPLACEMENT[answer].format(title=instead.page.title))
            for answer in instead.answers
        ]
    return buttons


def _consequence(request, question):
    """What a click will do, before it is done."""
    if question.is_answered:
        return "Answered in the draft, not published yet."
    if question.offer:
        return ""
    if question.is_at_once:
        return "Your answer is published at once."
    return "Your answer goes into the draft of this page; patients see it once the draft is published."


def _links(site, question: Question, here):
    back = urlencode({"next": here})
    if question.offer:
        preview = reverse("clinicsite_library:preview_as", args=[question.page.pk, site.pk])
        return [("See it on your site", f"{preview}?{back}"), *_follow_links(question.offer, here)]
    own = ("Open the page", _edit_address(question.page))
    return [own, *_replacement_links(question.replacement, site, here)]


def _replacement_links(replacement, site, here):
    if replacement is None:
        return []
    title = replacement.page.title
    if replacement.own:
        return [(f"Open your “{replacement.own.title}”", _edit_address(replacement.own))]
    preview = reverse("clinicsite_library:preview_as", args=[replacement.page.pk, site.pk])
    address = f"{preview}?{urlencode({'next': here})}"
    return [(f"See “{title}” on your site", address), *_follow_links(replacement.offer, here)]


def _follow_links(offer, here):
    """The way to let a page of the clinic's own follow what is offered, where one is much like it."""
    if not offer.similar:
        return []
    follow = reverse("clinicsite_library:follow", args=[offer.similar.pk])
    address = f"{follow}?{urlencode({'library': offer.page.pk, 'next': here})}"
    return [(f"Let your “{offer.similar.title}” follow “{offer.page.title}” instead", address)]


def _edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _address(site):
    return f"{reverse('clinicsite_library:inbox')}?clinic={site.pk}"


def updates_for_dashboard(site, user):
    """(address of a clinic's inbox, how many updates wait, how many library pages are new to it)."""
    box = Inbox(site, user)
    return _address(site), box.count(), box.offers.count()


urlpatterns = [path("updates/", inbox, name="inbox")]
