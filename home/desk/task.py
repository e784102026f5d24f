"""A screen of one quick task, which shows what patients will read before it is pressed."""

from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.home.desk.changing import RefusedError
from clinicsite.locations.models import LocationPage

CHANGED_SINCE = "This has been changed since you opened it. Look at what stands there now, and press again."


class Task(WagtailAdminTemplateMixin, FormView):
    """A form that shows what patients will read, and whose press takes effect at once."""

    header_icon = "time"
    template_name = "clinicsite/home/admin/desk/task.html"
    #: The words on the button.
    press = "Tell patients"
    #: The place or the clinic that it is about.
    where = ""

    @cached_property
    def breadcrumbs_items(self):
        """The way back to the desk."""
        here = {"url": "", "label": self.get_page_title()}
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, here]

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if not form.is_valid():
            return self._shown_or_refused(form, self.form_invalid)
        try:
            if "preview" in request.POST:
                return self._shown(form)
            if request.POST.get("seen", "") != self.seen:
                raise RefusedError(CHANGED_SINCE)
            with transaction.atomic():
                messages.success(request, self.do(form))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
            return self._shown_or_refused(form, self.form_invalid)
        return redirect("wagtailadmin_home")

    def do(self, form) -> str:
        """Do it, and say in a sentence what patients read now."""
        raise NotImplementedError("Each task says what it does.")

    def reads(self, form) -> str:
        """What patients will read, of a valid form."""
        raise NotImplementedError("Each task says what patients will read.")

    @cached_property
    def seen(self) -> str:
        """A mark of what the task changes, as it is now."""
        return blake2b(repr(self.state()).encode(), digest_size=8).hexdigest()

    def state(self) -> Any:
        """What the task changes, as it is now."""
        raise NotImplementedError("Each task says what it changes.")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"press": self.press, "seen": self.seen, "where": self.where}

    def _shown(self, form):
        if self._is_script():
            return JsonResponse({"reads": self.reads(form)})
        return self.render_to_response(self.get_context_data(form=form, reads=self.reads(form)))

    def _shown_or_refused(self, form, refuse):
        if "preview" in self.request.POST and self._is_script():
            # Whoever has not come to a field yet is not told that it is empty.
            said = [
                message
                for errors in form.errors.as_data().values()
                for error in errors
                if error.code != "required"
                for message in error.messages
            ]
            return JsonResponse({"missing": " ".join(said)})
        return refuse(form)

    def _is_script(self):
        return self.request.headers.get("X-Requested-With") == "XMLHttpRequest"


class PlaceTask(Task):
    """A task at one location of the person's own clinics."""

    @cached_property
    def place(self) -> LocationPage:
        own = LocationPage.objects.filter(pk__in=scope_at_work(self.request.user).pages().values("pk"))
        found = own.filter(live=True, pk=self.kwargs["place"]).first()
        if found is None or not found.permissions_for_user(self.request.user).can_publish():
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs) if self.place else None

    @property
    def where(self):
        return self.place.title
