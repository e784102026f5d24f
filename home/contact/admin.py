"""Patients' messages in the admin: a clinic's own, to read, to answer, to download and to delete."""

import django_filters
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import DetailView, View
from django.views.generic.detail import SingleObjectMixin
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.spreadsheets import CsvExportMixin
from clinicsite.home.clinic_filter import ClinicFilter
from clinicsite.home.contact.choices import RequestKind
from clinicsite.home.contact.history import log_deletion, log_export
from clinicsite.home.contact.models import ContactMessage


def messages_for(user):
    """The messages sent to clinics that a person looks after; a library grant shows none."""
    own = ContactMessage.objects.filter(page__in=scope_at_work(user).pages().values("pk"))
    return own.select_related("page__clinicsite_contactpage", "answered_by")


def clinics_written_to(request):
    """The clinics whose messages the person who asks may read."""
    sites = scope_at_work(request.user).sites().select_related("root_page")
    return sites.order_by("site_name", "pk")


class MessageFilterSet(WagtailFilterSet):
    """By what is asked, by whether it is answered, and by clinic for whoever looks after several."""

    kind = django_filters.ChoiceFilter(label="What", choices=RequestKind.choices, empty_label="All")
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("new", "New"), ("answered", "Answered")],
        empty_label="All",
        method="filter_state",
    )

    clinic = ClinicFilter(
        label="Clinic", queryset=clinics_written_to, empty_label="All", method="filter_clinic"
    )

    class Meta:
        model = ContactMessage
        fields = ["kind", "state", "clinic"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(clinics_written_to(self.request)[:2]) < 2:
            del self.filters["clinic"]

    def filter_clinic(self, rows, name, site):
        """Those sent to one clinic."""
        return rows.filter(page__path__startswith=site.root_page.path)

    def filter_state(self, rows, name, value):
        """Those with an answer, or those without."""
        return rows.filter(answered_at__isnull=value == "new")


class MessageListView(CsvExportMixin, BaseListingView):
    """The messages of one's own clinics, newest first."""

    model = ContactMessage
    template_name = "clinicsite/core/admin/listing.html"
    page_title = "Messages"
    header_icon = "mail"
    index_url_name = "clinicsite_messages:index"
    index_results_url_name = "clinicsite_messages:results"
    default_ordering = "-created_at"
    filterset_class = MessageFilterSet
    paginate_by = 50
    columns = [
        TitleColumn(
            "name",
            label="From",
            get_url=lambda message: reverse("clinicsite_messages:read", args=[message.pk]),
        ),
        StatusTagColumn(
            "state_text",
            label="State",
            primary=lambda message: not message.is_answered,
            sort_key="answered_at",
        ),
        Column("get_kind_display", label="What"),
        Column("location", label="Location"),
        DateColumn("created_at", label="Received", sort_key="created_at"),
        Column("delete_on", label="Deleted by itself"),
    ]
    list_export = [
        "created_at",
        "get_kind_display",
        "state_text",
        "name",
        "email",
        "phone_text",
        "preferred_time",
        "location",
        "treatment",
        "message",
    ]
    export_headings = {
        "created_at": "Received",
        "get_kind_display": "What",
        "state_text": "State",
        "phone_text": "Phone",
        "preferred_time": "Good time",
    }
    export_filename = "messages"
    custom_field_preprocess = {
        "created_at": {"csv": lambda moment: f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"}
    }

    def get_heading(self, queryset, field):
        heading = super().get_heading(queryset, field)
        return f"{heading} ({timezone.get_current_timezone_name()})" if field == "created_at" else heading

    @cached_property
    def no_results_message(self):
        return "No message matches your filters." if self.is_filtering else "Nobody has written yet."

    def get_base_queryset(self):
        return messages_for(self.request.user)

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            log_export(self.object_list, self.request.user)
        return super().render_to_response(context, **kwargs)


class OwnMessageMixin(SingleObjectMixin):
    """One message of one's own clinics; anybody else's is not found."""

    context_object_name = "message"

    def get_queryset(self):
        return messages_for(self.request.user)


class MessageView(OwnMessageMixin, WagtailAdminTemplateMixin, DetailView):
    """One message, with the ways to answer it."""

    header_icon = "mail"
    template_name = "clinicsite/home/admin/message.html"

    def get_page_title(self):
        return self.object.get_kind_display()

    def get_page_subtitle(self):
        return self.object.name

    @cached_property
    def breadcrumbs_items(self):
        listing = {"url": reverse("clinicsite_messages:index"), "label": "Messages"}
        return [*super().breadcrumbs_items, listing, {"url": "", "label": self.object.name}]


class AnsweredView(OwnMessageMixin, View):
    """Marks a message as answered, or as new again."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        message = self.get_object()
        if request.POST.get("seen", message.state_mark) != message.state_mark:
            messages.error(request, f"{_who_was_faster(message)} Nothing was changed. Look again.")
            return redirect("clinicsite_messages:read", message.pk)
        is_answered = request.POST.get("state") == "answered"
        message.answered_at = timezone.now() if is_answered else None
        message.answered_by = request.user if is_answered else None
        message.save(update_fields=["answered_at", "answered_by"])
        state = "answered" if is_answered else "new"
        messages.success(request, f"The message from {message.name} is marked as {state}.")
        return redirect("clinicsite_messages:read", message.pk)


def _who_was_faster(message):
    who = message.answered_by or "Somebody"
    if message.is_answered:
        return f"{who} has marked the message from {message.name} as answered since you opened it."
    return f"Somebody has marked the message from {message.name} as new since you opened it."


class DeleteMessageView(MessageView):
    """Asks whether a message shall go, and deletes it."""

    template_name = "clinicsite/home/admin/message_delete.html"

    def post(self, request, *args, **kwargs):
        """Delete the message."""
        message = self.get_object()
        log_deletion(message, request.user)
        message.delete()
        messages.success(request, f"The message from {message.name} is deleted.")
        return redirect("clinicsite_messages:index")


class MessageViewSet(ViewSet):
    """Patients' messages in the menu of everybody who looks after a clinic."""

    name = "clinicsite_messages"
    url_prefix = "clinicsite/messages"
    icon = "mail"
    menu_label = "Messages"
    menu_name = "clinicsite-messages"
    menu_order = 150
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", MessageListView.as_view(), name="index"),
            path("results/", MessageListView.as_view(results_only=True), name="results"),
            path("<int:pk>/", MessageView.as_view(), name="read"),
            path("<int:pk>/answered/", AnsweredView.as_view(), name="answered"),
            path("<int:pk>/delete/", DeleteMessageView.as_view(), name="delete"),
        ]
