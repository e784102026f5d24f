"""The page chooser where Wagtail's hook does not reach: the page one stands on, and pages chosen by id."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.models import Page

from clinicsite.clinics.tenancy.choosers import limit_page_chooser
from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.core.rendering import key_or_none


class ClinicBrowseView(BrowseView):
    """Browse from a page in one's own scope; from the top where another clinic's was asked for."""

    def get_object_list(self):
        if not self._may_stand_here():
            self.parent_page = Page.get_first_root_node()
        return super().get_object_list()

    def _may_stand_here(self):
        scope = scope_at_work(self.request.user)
        if scope.is_projects:
            return scope.may_meet(self.parent_page.path)
        return limit_page_chooser(Page.objects.filter(pk=self.parent_page.pk), self.request).exists()


class ClinicChosenMultipleView(ChosenMultipleView):
    """Tell about the pages chosen, passing over those of another clinic."""

    def get(self, request):
        ids = [pk for pk in request.GET.getlist("id") if key_or_none(pk) is not None]
        seen = limit_page_chooser(Page.objects.filter(pk__in=ids), request).values_list("pk", flat=True)
        request.GET = request.GET.copy()
        request.GET.setlist("id", list(seen))
        return super().get(request)


app_name = "clinicsite_page_chooser"
#: To stand before Wagtail's own, under the same addresses.
urlpatterns = [
    path("", require_admin_access(ClinicBrowseView.as_view()), name="root"),
    path("<int:parent_page_id>/", require_admin_access(ClinicBrowseView.as_view()), name="below"),
    path(
        "chosen-multiple/", require_admin_access(ClinicChosenMultipleView.as_view()), name="chosen_multiple"
    ),
]
