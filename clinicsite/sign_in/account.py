"""What stands about signing in on the screen of one's own account."""

from django.forms import Form
from django.template.loader import render_to_string
from wagtail.admin.views.account import BaseSettingsPanel

from clinicsite.sign_in import second_factor


class SignInPanel(BaseSettingsPanel):
    """Where the screens about the second step and about sessions are; there is nothing to fill in."""

    name = "sign_in"
    title = "Signing in"
    order = 350

    def get_form(self):
        return Form()

    def render(self):
        return render_to_string(
            "clinicsite/sign_in/account.html",
            {"panel": self, "has_second_step": second_factor.has(self.user)},
            request=self.request,
        )
