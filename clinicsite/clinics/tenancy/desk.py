"""Wagtail's panels of the first screen, which list what somebody has worked on wherever it lies.

Read in Wagtail 8.0.1: what one has edited, locked, submitted or may review is listed without asking whether
one still meets it: at a clinic that one has left, or another than the one at work.
"""

from wagtail.admin.views import home
from wagtail.models import Page

from clinicsite.clinics.tenancy.scope import scope_at_work


def narrow_desk() -> None:
    """Put the rule round the panels, once at start."""
    for panel, name, page_of in (
        (home.RecentEditsPanel, "last_edits", lambda row: row[1]),
        (home.LockedPagesPanel, "locked_pages", lambda page: page),
        (home.UserObjectsInWorkflowModerationPanel, "workflow_states", lambda row: row.content_object),
        (home.WorkflowObjectsToModeratePanel, "states", lambda row: row["obj"]),
    ):
        panel.get_context_data = _listing_what_is_met(panel.get_context_data, name, page_of)


def _listing_what_is_met(get_context_data, name, page_of):
    def get_met_context_data(panel, parent_context):
        context = get_context_data(panel, parent_context)
        scope = scope_at_work(parent_context["request"].user)
        context[name] = [row for row in context[name] if _is_met(scope, page_of(row))]
        return context

    return get_met_context_data


def _is_met(scope, thing):
    return not isinstance(thing, Page) or scope.may_meet(thing.path)
