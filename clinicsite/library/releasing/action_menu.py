"""The buttons under the editor of a library page: it is released, not published."""

from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem

from clinicsite.core import wagtail_private
from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.tree import is_library_page


class ReleaseMenuItem(ActionMenuItem):
    """Save the draft, then see what it will change; release it there, for who may."""

    order = 30
    name = "library-go"
    icon_name = "upload"
    template_name = "clinicsite/library/admin/releases/menu_item.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = context["page"]
        may_release = self.get_user_page_permissions_tester(parent_context).can_publish()
        context["label"] = "Release…" if may_release else "What will this change?"
        context["address"] = reverse("clinicsite_library:release", args=[page.pk])
        return context


def release_instead_of_publishing(menu_items, request, context):
    """On a library page: Release in place of Publish, and an approval that says it only approves."""
    if not _is_about_a_library_page(context):
        return
    # A library page is released and retired, each with a note for the clinics.
    menu_items[:] = [item for item in menu_items if not wagtail_private.publishes(item)]
    for item in menu_items:
        if wagtail_private.is_approval(item):
            # Wagtail adds "and Publish", which is not what approving does here.
            with_comment = wagtail_private.asks_for_comment(item)
            item.label = "Approve with comment" if with_comment else "Approve"
    if context["view"] == "edit" and not context["locked_for_user"]:
        menu_items.append(ReleaseMenuItem())


def _is_about_a_library_page(context):
    if context["view"] != "create":
        return is_library_page(context["page"])
    model = wagtail_private.type_being_added(context["request"])
    folders = LibraryFolderPage.objects.ancestor_of(context["parent_page"], inclusive=True)
    return model is not None and issubclass(model, SharedPage) and folders.exists()
