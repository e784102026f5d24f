"""What the agency tells a clinic's people, on their first screen."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from clinicsite.clinics.models import Notice
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.provisioning.console.grid import looks_after_clinics

#: More than this nobody reads; the newest stand first.
MOST_NOTICES = 10


class NoticesPanel(Component):
    """The notices that are due now for the clinics somebody works at."""

    name = "clinicsite_notices"
    template_name = "clinicsite/provisioning/admin/notices.html"
    order = 40

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        user = self.request.user
        # Whoever looks after a network writes them, and would read those to everybody.
        if looks_after_clinics(user):
            return {"notices": []}
        due = Notice.objects.for_sites(scope_at_work(user).sites()).shown_at(timezone.now())
        return {"notices": due[:MOST_NOTICES] if scope_at_work(user).sites().exists() else []}
