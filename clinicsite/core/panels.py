"""Panels of the page editor."""

from wagtail.admin.panels import PublishingPanel


class SchedulePanel(PublishingPanel):
    """The dates on which a page is to go live and to expire, with buttons that say what they do.

    Wagtail's window has one button, "Save schedule", after which nothing is scheduled.
    """

    class BoundPanel(PublishingPanel.BoundPanel):
        template_name = "clinicsite/core/admin/schedule.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"may_publish": self._may_publish() and not self._is_released()}

        def _may_publish(self):
            user, above = self.request.user, self.form.parent_page
            if self.instance.path:
                return self.instance.permissions_for_user(user).can_publish()
            return above is not None and above.specific.permissions_for_user(user).can_publish_subpage()

        def _is_released(self):
            """Whether the page goes to those who read it in another way than by its editor."""
            page = self.instance if self.instance.path else self.form.parent_page.specific
            return page.is_released_elsewhere
