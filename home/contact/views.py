"""How a contact page answers: it shows a form, takes in what is sent, or says that it has arrived."""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property

from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import current_rendering
from clinicsite.home.contact import stamps
from clinicsite.home.contact.delivery import deliver, is_stored, submissions_of
from clinicsite.home.contact.robots import TRAP, has_sprung_the_trap, is_from_elsewhere
from clinicsite.home.contact.throttling import gets_too_much, has_sent_too_much, sender_of
from clinicsite.home.contact.ways import MESSAGE, SENT, way_or_404, ways_of

ONCE_MORE = (
    "Please send it once more. The page had been open for too long. Everything you wrote is still here."
)
TOO_QUICK = (
    "Please send it once more. That was quicker than most people write, so we have to ask. "
    "Everything you wrote is still here."
)
SENT_TOO_MUCH = "You have sent several messages already. {call}"
GETS_TOO_MUCH = "We cannot take messages just now. {call}"
CALL_OR_WAIT = "Please call us at {phone}, or try again in an hour."
WAIT = "Please try again in an hour."


class RequestView:
    """Answers one request for one of a contact page's forms."""

    def __init__(self, page, request, slug):
        self.page = page
        self.request = request
        self.clinic = profile_for(current_rendering().site)
        self.way = way_or_404(slug, self.clinic)

    def answer(self):
        """Show the form, or take in what was sent."""
        if self.request.method != "POST":
            return self.show(self._empty_form())
        if is_from_elsewhere(self.request):
            raise PermissionDenied("Another site's page sent this form.")
        if has_sprung_the_trap(self.request.POST):
            return self._to_receipt()
        return self._receive(self._sent_form)

    def show(self, form, status=200):
        """The form as a page of its own, with its own title and address."""
        page = self._page_as(self._title, self._introduction, self.way.path)
        response = self._render(page, {"form": form, "trap": TRAP}, status)
        # What a patient typed is kept by nobody. The empty form may come back by the browser's own button.
        patch_cache_control(response, private=True, no_cache=True, no_store=form.is_bound)
        return response

    def show_receipt(self):
        """The page after sending. It shows nothing of what was sent, so its address gives nothing away."""
        page = self._page_as(self.way.thanks_title, "", self.way.path + SENT)
        page.is_hidden_from_search_engines = True
        response = self._render(page, {"is_sent": True})
        # A receipt out of a cache would thank somebody who has sent nothing.
        patch_cache_control(response, private=True, no_store=True)
        return response

    @cached_property
    def _stamp(self):
        return stamps.read(self.request.POST.get("stamp", ""), self.page.pk)

    @cached_property
    def _sent_form(self):
        data = self.request.POST.copy()
        if self._stamp is None:
            data["stamp"] = stamps.for_sending_again(self.page.pk).text
        return self._form(data)

    def _empty_form(self):
        location = self.request.GET.get("location", "")
        return self._form(initial={"stamp": stamps.new(self.page.pk).text, "location": location})

    def _form(self, *args, **kwargs):
        return self.way.form(*args, page=self.page, clinic=self.clinic, **kwargs)

    def _receive(self, form):
        if not form.is_valid():
            return self.show(form, status=422)
        submissions = submissions_of(sender_of(self.request), self.way.kind, form.values, self.page)
        if is_stored(submissions):
            return self._to_receipt()
        if self._stamp is None:
            return self._ask_again(form, ONCE_MORE)
        if self._stamp.is_too_young:
            return self._ask_again(form, TOO_QUICK)
        return self._store(form, submissions[0])

    def _store(self, form, submission):
        if has_sent_too_much(self.request):
            return self._ask_again(form, SENT_TOO_MUCH.format(call=self._call), 429)
        if gets_too_much(self.page):
            return self._ask_again(form, GETS_TOO_MUCH.format(call=self._call), 429)
        deliver(self.way.kind, form.values, self.page, submission)
        return self._to_receipt()

    def _ask_again(self, form, words, status=422):
        form.add_error(None, words)
        return self.show(form, status=status)

    def _to_receipt(self):
        return HttpResponseRedirect(f"{self.page.get_url(self.request)}{self.way.path}{SENT}")

    def _page_as(self, title, introduction, path):
        """The page under another title and address, of which its head, breadcrumb and data then speak."""
        shown = copy(self.page)
        if path:
            shown.seo_title = shown.search_description = ""
        shown.title, shown.introduction = title, introduction
        shown.url_path = self.page.url_path + path
        return shown

    def _render(self, page, values, status=200):
        context = page.get_context(self.request)
        context |= {"way": self.way, "ways": self._ways, **values}
        return TemplateResponse(self.request, page.get_template(self.request), context, status=status)

    @property
    def _ways(self):
        """Each form's invitation and address, and whether it is the one shown."""
        url = self.page.get_url(self.request) or ""
        return [
            {"title": way.invitation, "url": url + way.path, "is_current": way == self.way}
            for way in ways_of(self.clinic)
        ]

    @property
    def _title(self):
        return self.page.title if self.way == MESSAGE else self.way.invitation

    @property
    def _introduction(self):
        if self.way == MESSAGE:
            return self.page.introduction
        return self.way.introduction.format(offer=self.clinic.free_consultation if self.clinic else "")

    @property
    def _call(self):
        place = self.clinic.parts["places"].primary if self.clinic else None
        phone = place.phone if place else None
        return CALL_OR_WAIT.format(phone=phone.text) if phone else WAIT
