from wagtail import hooks
from wagtail.users.apps import WagtailUsersAppConfig


class ClinicUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, of whom only a superuser makes, edits or switches off superusers."""

    user_viewset = "clinicsite.clinics.users.UserViewSet"

    def ready(self):
        super().ready()
        from clinicsite.clinics.users import refuse_superusers

        hooks.register("before_bulk_action", refuse_superusers)
