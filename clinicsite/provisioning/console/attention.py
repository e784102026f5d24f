"""The first screen of whoever looks after several clinics: how many need what, and the way to them."""

from dataclasses import replace

from django.urls import reverse
from wagtail.admin.ui.components import Component

from clinicsite.clinics.console import columns
from clinicsite.provisioning.console.filters import ConsoleFilters
from clinicsite.provisioning.console.grid import Console, looks_after_clinics


class AttentionPanel(Component):
    """What waits at the clinics of a network, the commonest first; nothing for whoever works at one."""

    name = "clinicsite_attention"
    template_name = "clinicsite/provisioning/admin/console/attention.html"
    order = 45

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        if not looks_after_clinics(self.request.user):
            return {}
        asked = ConsoleFilters.from_query({"group": self.request.GET.get("group", "")})
        console = Console(self.request.user, asked)
        groups, clinics = list(console.groups), console.clinics
        lines = []
        for column in columns():
            if not column.need:
                continue
            number = sum(1 for value in column.find(clinics).values() if value)
            if number:
                lines.append((number, column.need, replace(asked, need=column.name).query_string()))
        return {
            "address": reverse("clinicsite_console:index"),
            "count": len(clinics.sites),
            "lines": sorted(lines, key=lambda line: -line[0]),
            "groups": groups,
            "group": asked.group,
        }
