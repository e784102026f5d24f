"""What was given up, for the agency to see and to try again: mails about messages, and background work."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from django_tasks import TaskResultStatus
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.background import queued_tasks
from clinicsite.core.recovery import OURS
from clinicsite.home.contact.admin import messages_for
from clinicsite.home.contact.choices import MailKind, MailState
from clinicsite.home.contact.models import MessageMail
from clinicsite.home.contact.sending import send_again
from clinicsite.home.contact.tasks import SENDERS

#: So many of each are shown; the newest first.
MOST_SHOWN = 50
#: What failed longer ago has been made good by later work, or by hand.
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class FailedTask:
    """A task that failed, as people read of it."""

    pk: Any
    what: str
    why: str
    when: Any


def may_see(user) -> bool:
    """Whether somebody looks after the clinics for the agency; who works in the library alone does not."""
    scope = scope_at_work(user)
    return scope.is_everything or (scope.is_agencys and scope.sites().exists())


def mails_not_sent(user):
    """The mails that were given up, of the clinics that a person looks after."""
    own = MessageMail.objects.filter(message__in=messages_for(user).values("pk"), state=MailState.NOT_SENT)
    return own.select_related("message__page")


def failed_tasks():
    """The tasks of ours that failed; a mail's are its attempts, of which the mail itself tells."""
    rows = queued_tasks()
    if rows is None:
        return ()
    mails = [task.module_path for task in SENDERS.values()]
    found = rows.objects.failed().filter(finished_at__gte=timezone.now() - SHOWN_FOR)
    found = found.exclude(task_path__in=mails).order_by("-finished_at")
    return [row for row in found if row.task_path.startswith(OURS)]


class UndoneView(WagtailAdminTemplateMixin, TemplateView):
    """Lists what was given up."""

    page_title = "Work that failed"
    header_icon = "warning"
    template_name = "clinicsite/home/admin/undone.html"

    @cached_property
    def breadcrumbs_items(self):
        return [*super().breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        if not may_see(self.request.user):
            raise Http404
        mails, tasks = mails_not_sent(self.request.user), failed_tasks()
        return super().get_context_data(**kwargs) | {
            "mails": mails[:MOST_SHOWN],
            "tasks": [_as_read(row) for row in tasks[:MOST_SHOWN]],
            "mails_count": mails.count(),
            "tasks_count": len(tasks),
            "shown_for_days": SHOWN_FOR.days,
        }


class TryAgainView(View):
    """Queues once more what was given up: one mail, one task, or all that is listed."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if not may_see(request.user):
            raise Http404
        mails = [one for one in mails_not_sent(request.user) if self._is_meant("mail", one.pk)]
        tasks = [one for one in failed_tasks() if self._is_meant("task", one.pk)]
        for mail in mails:
            send_again(mail, SENDERS[MailKind(mail.kind)])
        for row in tasks:
            _queue_again(row)
        count = len(mails) + len(tasks)
        if count:
            messages.success(request, f"{count} {'thing is' if count == 1 else 'things are'} tried again.")
        else:
            messages.warning(request, "That is no longer in the list.")
        return redirect("clinicsite_undone:index")

    def _is_meant(self, kind, key):
        return "all" in self.request.POST or self.request.POST.get(kind) == str(key)


def _queue_again(row):
    """Have a worker do a task as if it had never been tried."""
    row.status, row.worker_ids, row.run_after = TaskResultStatus.READY, [], timezone.now()
    row.started_at = row.finished_at = None
    row.exception_class_path = row.traceback = ""
    row.save()


def _as_read(row) -> FailedTask:
    return FailedTask(row.pk, _words_of(row), row.exception_class_path.rpartition(".")[2], row.finished_at)


def _words_of(row):
    """What a task was to do, in the first words of its documentation; of another's, its name."""
    try:
        said = row.task.func.__doc__ or ""
    except ImportError:
        # The task was another release's.
        said = ""
    return said.strip().partition("\n")[0] or row.task_name.replace("_", " ").capitalize()


class UndoneMenuItem(MenuItem):
    """In the reports of whoever looks after the clinics for the agency."""

    def __init__(self):
        super().__init__(
            UndoneView.page_title,
            reverse("clinicsite_undone:index"),
            name="clinicsite-undone",
            icon_name=UndoneView.header_icon,
            order=1000,
        )

    def is_shown(self, request):
        return may_see(request.user)


class UndoneViewSet(ViewSet):
    """The addresses of what was given up; its menu item is among the reports."""

    name = "clinicsite_undone"
    url_prefix = "clinicsite/undone"

    def get_urlpatterns(self):
        return [
            path("", UndoneView.as_view(), name="index"),
            path("again/", TryAgainView.as_view(), name="again"),
        ]
