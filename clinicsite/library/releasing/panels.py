"""What the library's own editors see on a library page: who follows it, and what can be done with it."""

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel

from clinicsite.library.releasing.recording import is_library_page


class LibraryPagePanel(Panel):
    """On a page of the library: how many clinics follow it, what a draft will change, preview, history."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/admin/releases/panel.html"

        @property
        def media(self):
            return Media(css={"all": ["css/admin/library.css"]})

        def is_shown(self):
            # A page about to be created has no followers and no place in the tree yet.
            return super().is_shown() and bool(self.instance.pk) and is_library_page(self.instance)

        def get_context_data(self, parent_context=None):
            from clinicsite.library.releasing.impact import followers_by_site
            from clinicsite.library.releasing.releases import release_under_way

            page = self.instance
            permissions = page.permissions_for_user(self.request.user)
            return super().get_context_data(parent_context) | {
                "page": page,
                "clinics": len(followers_by_site(page)),
                "under_way": release_under_way(page),
                "is_locked": permissions.page_locked(),
                "may_retire": page.live and permissions.can_publish(),
                "impact_offer": {
                    "label": "What will this change?",
                    "address": reverse("library_admin:release", args=[page.pk]),
                },
                "preview_offer": {
                    "label": "Preview as clinic…",
                    "address": reverse("library_admin:preview_choose", args=[page.pk]),
                },
            }
