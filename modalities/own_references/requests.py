"""What clinics ask of the library: the papers that they have brought, to be taken over or declined."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import DetailView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.modalities.models.own_references import OwnReference
from clinicsite.modalities.own_references.admin import pages_citing
from clinicsite.modalities.own_references.answering import AlreadyTakenOverError, accept, decline
from clinicsite.modalities.own_references.forms import AnswerForm

NAME = "clinicsite_reference_requests"
SEND_AGAIN = "To put yours in its place, press the button again."


def may_answer(user) -> bool:
    """Whether somebody may take a paper into the library: whoever may add references to it."""
    return user.has_perm("clinicsite_modalities.add_reference")


class _ForTheLibrary:
    """A screen of those who keep the library's references."""

    def dispatch(self, request, *args, **kwargs):
        if not may_answer(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RequestListView(_ForTheLibrary, BaseListingView):
    """What clinics have asked for; what waits for an answer first."""

    model = OwnReference
    template_name = "clinicsite/core/admin/listing.html"
    page_title = "Reference requests"
    header_icon = "openquote"
    index_url_name = f"{NAME}:index"
    index_results_url_name = f"{NAME}:results"
    default_ordering = ("state", "-asked_at")
    paginate_by = 50
    no_results_message = "No clinic has asked for a reference yet."
    columns = [
        TitleColumn("__str__", label="Paper", get_url=lambda own: reverse(f"{NAME}:answer", args=[own.pk])),
        StatusTagColumn(
            "get_state_display", label="State", primary=lambda own: own.state == OwnReference.State.ASKED
        ),
        Column("site", label="Clinic"),
        Column("asked_by", label="Who"),
        DateColumn("asked_at", label="Asked", sort_key="asked_at"),
    ]

    def get_base_queryset(self):
        return OwnReference.objects.select_related("site", "asked_by")


class AnswerView(_ForTheLibrary, WagtailAdminTemplateMixin, DetailView):
    """One paper with who asks for it and where it is cited: take it over, or decline."""

    model = OwnReference
    template_name = "clinicsite/modalities/admin/reference_request.html"
    context_object_name = "own"
    header_icon = "openquote"
    page_title = "Request for a reference"

    def get_queryset(self):
        return OwnReference.objects.select_related("site__root_page", "asked_by", "library_reference")

    @cached_property
    def breadcrumbs_items(self):
        listing = {"url": reverse(f"{NAME}:index"), "label": "Reference requests"}
        return [*super().breadcrumbs_items, listing]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("form", AnswerForm(initial={"answer": self.object.answer}))
        return context | {"pages": pages_citing(self.object), "same": self.object.same_in_library()}

    def post(self, request, *args, **kwargs):
        """Take the paper over, or decline it, as the button says."""
        self.object = own = self.get_object()
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if request.POST.get("seen", own.answer_mark) != own.answer_mark:
            who = own.answered_by or "Somebody"
            form.add_error(
                "answer", f"{who} has answered this since you opened it: “{own.answer}”. {SEND_AGAIN}"
            )
            return self.render_to_response(self.get_context_data(form=form))
        try:
            return self._answer(own, form.cleaned_data["answer"])
        except AlreadyTakenOverError as error:
            messages.error(request, str(error))
            return redirect(f"{NAME}:answer", own.pk)

    def _answer(self, own, answer):
        if "decline" in self.request.POST:
            decline(own, self.request.user, answer)
            messages.success(
                self.request, f"“{own}” is declined. {own.site} reads why, and goes on citing it."
            )
            return redirect(f"{NAME}:index")
        reference = accept(own, self.request.user, answer)
        messages.success(
            self.request,
            f"“{reference}” is in the library, and {own.site} cites it. Write down what it found.",
        )
        return redirect("wagtailsnippets_clinicsite_modalities_reference:edit", reference.pk)


class RequestsMenuItem(MenuItem):
    """In the menu of whoever may answer."""

    def is_shown(self, request):
        return may_answer(request.user)


class ReferenceRequestViewSet(ViewSet):
    """What clinics ask of the library."""

    name = NAME
    url_prefix = "clinicsite/reference-requests"
    icon = "openquote"
    menu_label = "Reference requests"
    menu_name = "clinicsite-reference-requests"
    menu_order = 252
    add_to_admin_menu = True
    menu_item_class = RequestsMenuItem

    def get_urlpatterns(self):
        return [
            path("", RequestListView.as_view(), name="index"),
            path("results/", RequestListView.as_view(results_only=True), name="results"),
            path("<int:pk>/", AnswerView.as_view(), name="answer"),
        ]
