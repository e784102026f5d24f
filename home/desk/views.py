"""The addresses of an owner's quick tasks, and the way back from what was done."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import path
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.home.desk import day_tasks, notice_task, phone_task, undoing
from clinicsite.home.desk.changing import RefusedError


class UndoView(View):
    """Takes back what was done, if it still stands as it was left."""

    http_method_names = ["post"]

    def post(self, request):
        try:
            with transaction.atomic():
                said = undoing.take_back(request, request.POST.get("key", ""))
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            if said:
                messages.success(request, f"Taken back: {said}")
            else:
                messages.error(request, "That is too long ago to be taken back here.")
        return redirect("wagtailadmin_home")


class DeskViewSet(ViewSet):
    """Where the tasks are."""

    name = "clinicsite_desk"
    url_prefix = "clinicsite/desk"

    def get_urlpatterns(self):
        return [
            path("<int:place>/today/", day_tasks.DayView.as_view(), name="today"),
            path("<int:place>/day/", day_tasks.OtherDayView.as_view(), name="day"),
            path("<int:place>/phone/", phone_task.PhoneView.as_view(), name="phone"),
            path("notice/<int:site>/", notice_task.NoticeView.as_view(), name="notice"),
            path("undo/", UndoView.as_view(), name="undo"),
        ]


def register_ways_back() -> None:
    """Say how each task is taken back."""
    undoing.register_way_back("day", day_tasks.take_back)
    undoing.register_way_back("phone", phone_task.take_back)
    undoing.register_way_back("notice", notice_task.take_back)
