"""A clinic's own papers in the admin: what it has brought, and what the library has said."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, UpdateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page, ReferenceIndex

from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.modalities.models.own_references import OwnReference
from clinicsite.modalities.own_references.forms import OwnReferenceForm

NAME = "clinicsite_own_references"


def pages_citing(own: OwnReference) -> list[Page]:
    """The pages of the paper's own clinic that cite it, by title."""
    keys = {int(one.object_id) for one in ReferenceIndex.get_references_to(own)}
    of_clinic = Page.objects.descendant_of(own.site.root_page, inclusive=True)
    return list(of_clinic.filter(pk__in=keys).order_by("title", "pk"))


class OwnReferenceListView(BaseListingView):
    """The papers that one's own clinics have brought, newest first."""

    model = OwnReference
    template_name = "clinicsite/core/admin/listing.html"
    page_title = "Our references"
    header_icon = "clipboard-list"
    index_url_name = f"{NAME}:index"
    index_results_url_name = f"{NAME}:results"
    default_ordering = "-asked_at"
    paginate_by = 50
    no_results_message = (
        "No paper of your own yet. Bring one here, or while you write: “Cite a paper of your own”."
    )
    columns = [
        TitleColumn("__str__", label="Paper", get_url=lambda own: reverse(f"{NAME}:edit", args=[own.pk])),
        StatusTagColumn(
            "get_state_display",
            label="Library",
            primary=lambda own: own.state != OwnReference.State.DECLINED,
            sort_key="state",
        ),
        Column("answer", label="What it says"),
        DateColumn("asked_at", label="Brought", sort_key="asked_at"),
        Column("site", label="Clinic"),
    ]

    @cached_property
    def header_buttons(self):
        return [HeaderButton("Bring a paper", url=reverse(f"{NAME}:add"), icon_name="plus")]

    def get_base_queryset(self):
        return OwnReference.objects.met_by(self.request.user).select_related("site")


class _OwnReferenceMixin(WagtailAdminTemplateMixin):
    """A screen about papers of one's own clinics; anybody else's is not found."""

    model = OwnReference
    form_class = OwnReferenceForm
    header_icon = "clipboard-list"
    page_title = "Our references"
    template_name = "clinicsite/modalities/admin/own_reference.html"
    context_object_name = "own"

    def get_queryset(self):
        return OwnReference.objects.met_by(self.request.user).select_related("site__root_page")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"for_user": self.request.user}

    def get_success_url(self):
        return reverse(f"{NAME}:index")

    @cached_property
    def breadcrumbs_items(self):
        listing = {"url": reverse(f"{NAME}:index"), "label": "Our references"}
        return [*super().breadcrumbs_items, listing]

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, f"“{self.object}” {self.said}")
        return response


class AddOwnReferenceView(_OwnReferenceMixin, CreateView):
    """A new paper, which can be cited at once and is asked for in the library."""

    page_title = "Bring a paper"
    said = "can be cited on your pages now. The library has been asked for it."


class EditOwnReferenceView(_OwnReferenceMixin, UpdateView):
    """A paper, until the library has taken it over: then it keeps it."""

    said = "is saved."

    def get_page_title(self):
        return f"{self.object.short_authors} {self.object.year}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"pages": pages_citing(self.object)}

    def post(self, request, *args, **kwargs):
        own = self.get_object()
        if own.is_taken_over:
            messages.error(request, "The library has this paper now, and keeps it. Nothing was saved.")
            return redirect(f"{NAME}:edit", own.pk)
        return super().post(request, *args, **kwargs)


class DeleteOwnReferenceView(_OwnReferenceMixin, DetailView):
    """Asks whether a paper shall go; one that a page cites stays."""

    template_name = "clinicsite/modalities/admin/own_reference_delete.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"pages": pages_citing(self.object)}

    def post(self, request, *args, **kwargs):
        """Delete the paper."""
        own = self.get_object()
        if pages_citing(own):
            messages.error(
                request, f"“{own}” is cited, so it was not deleted. Take it out of the pages first."
            )
            return redirect(f"{NAME}:delete", own.pk)
        own.delete()
        messages.success(request, f"“{own}” is deleted.")
        return redirect(f"{NAME}:index")


class OwnReferencesMenuItem(MenuItem):
    """In the menu of whoever looks after a clinic."""

    def is_shown(self, request):
        return scope_at_work(request.user).sites().exists()


class OwnReferenceViewSet(ViewSet):
    """Own papers in the menu of everybody who looks after a clinic."""

    name = NAME
    url_prefix = "clinicsite/own-references"
    icon = "clipboard-list"
    menu_label = "Our references"
    menu_name = "clinicsite-own-references"
    menu_order = 152
    add_to_admin_menu = True
    menu_item_class = OwnReferencesMenuItem

    def get_urlpatterns(self):
        return [
            path("", OwnReferenceListView.as_view(), name="index"),
            path("results/", OwnReferenceListView.as_view(results_only=True), name="results"),
            path("add/", AddOwnReferenceView.as_view(), name="add"),
            path("<int:pk>/", EditOwnReferenceView.as_view(), name="edit"),
            path("<int:pk>/delete/", DeleteOwnReferenceView.as_view(), name="delete"),
        ]
