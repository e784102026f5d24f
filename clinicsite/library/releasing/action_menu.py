"""The buttons under the editor of a library page: it is released, not published."""

from django.apps import apps
from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem, WorkflowMenuItem

from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.tree import is_library_page

#: A library page is released and retired, each with a note for the clinics.
NOT_FOR_THE_LIBRARY = (PublishMenuItem, UnpublishMenuItem)


class ReleaseMenuItem(ActionMenuItem):
    """Save the draft, then see what it will change; release it there, for who may."""

    order = 30
    name = "library-go"
    icon_name = "upload"
    template_name = "library/admin/releases/menu_item.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = context["page"]
        may_release = self.get_user_page_permissions_tester(parent_context).can_publish()
        context["label"] = "Release…" if may_release else "What will this change?"
        context["address"] = reverse("library_admin:release", args=[page.pk])
        return context


def release_instead_of_publishing(menu_items, request, context):
    """On a library page: Release in place of Publish, and an approval that says it only approves."""
    if not _is_about_a_library_page(context):
        return
    menu_items[:] = [item for item in menu_items if not isinstance(item, NOT_FOR_THE_LIBRARY)]
    for item in menu_items:
        if isinstance(item, WorkflowMenuItem) and item.name == "approve":
            # Wagtail adds "and Publish", which is not what approving does here.
            item.label = "Approve with comment" if item.launch_modal else "Approve"
    if context["view"] == "edit" and not context["locked_for_user"]:
        menu_items.append(ReleaseMenuItem())


def _is_about_a_library_page(context):
    if context["view"] != "create":
        return is_library_page(context["page"])
    asked = context["request"].resolver_match.kwargs
    names = asked.get("content_type_app_name"), asked.get("content_type_model_name")
    is_shared = all(names) and issubclass(apps.get_model(*names), SharedPage)
    folders = LibraryFolderPage.objects.ancestor_of(context["parent_page"], inclusive=True)
    return is_shared and folders.exists()
