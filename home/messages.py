"""Patients' messages in the admin: a clinic's own, to read and to delete."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import DetailView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.tenancy import scope_of
from home.models import ContactMessage


def messages_for(user):
    """The messages sent to clinics that a person looks after; a library grant shows none."""
    return ContactMessage.objects.filter(page__in=scope_of(user).pages().values("pk"))


class MessageListView(BaseListingView):
    """The messages of one's own clinics, newest first."""

    model = ContactMessage
    page_title = "Messages"
    header_icon = "mail"
    index_url_name = "contact_messages:index"
    index_results_url_name = "contact_messages:results"
    default_ordering = "-created_at"
    columns = [
        TitleColumn(
            "name", label="From", get_url=lambda message: reverse("contact_messages:read", args=[message.pk])
        ),
        Column("location", label="Location"),
        Column("preferred_time", label="Best time"),
        DateColumn("created_at", label="Received", sort_key="created_at"),
    ]

    def get_base_queryset(self):
        return messages_for(self.request.user)


class MessageView(WagtailAdminTemplateMixin, DetailView):
    """One message; anybody else's is not found."""

    header_icon = "mail"
    template_name = "home/admin/message.html"
    context_object_name = "message"
    _show_breadcrumbs = True

    def get_queryset(self):
        return messages_for(self.request.user)

    def get_page_title(self):
        return "Message"

    def get_page_subtitle(self):
        return self.object.name

    @cached_property
    def breadcrumbs_items(self):
        listing = {"url": reverse("contact_messages:index"), "label": "Messages"}
        return [*super().breadcrumbs_items, listing, {"url": "", "label": self.object.name}]

    def post(self, request, *args, **kwargs):
        """Delete the message."""
        message = self.get_object()
        message.delete()
        messages.success(request, f"The message from {message.name} is deleted.")
        return redirect("contact_messages:index")


class MessageViewSet(ViewSet):
    """Patients' messages in the menu of everybody who looks after a clinic."""

    name = "contact_messages"
    url_prefix = "messages"
    icon = "mail"
    menu_label = "Messages"
    menu_order = 150
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", MessageListView.as_view(), name="index"),
            path("results/", MessageListView.as_view(results_only=True), name="results"),
            path("<int:pk>/", MessageView.as_view(), name="read"),
        ]
