"""The buttons under the page editor: Publish first for who may publish, Save draft beside it, others behind.

Wagtail's big button saves a draft, and Publish hides behind an arrow: an owner presses the big one and goes
away believing that patients read what was just typed.
"""

from django.template.loader import render_to_string

from clinicsite.core import wagtail_private


class PublishFirst(wagtail_private.ButtonsUnderTheEditor):
    """Wagtail's buttons in another order; as Wagtail's own where this person may not publish here."""

    template_of_ours = "clinicsite/core/admin/editor_buttons.html"

    def __init__(self, request, may_schedule, **kwargs):
        super().__init__(request, **kwargs)
        self.may_schedule = may_schedule
        self._all_media = super().media
        self.publish = self.take_publish()
        if self.publish is None:
            return
        self.save_draft = self.take_save_draft()

    @property
    def media(self):
        """What any of the buttons loads, wherever it stands."""
        return self._all_media

    def render_html(self):
        if self.publish is None:
            return super().render_html()
        return render_to_string(
            self.template_of_ours,
            {
                "publish": self.publish.render_html(self.context),
                "may_schedule": self.may_schedule,
                "may_save_draft": self.save_draft is not None,
                "is_reverting": self.context["view"] == "revisions_revert",
                "others": [item.render_html(self.context) for item in self.left()],
            },
            request=self.request,
        )
