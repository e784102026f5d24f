from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "clinicsite.users"
    label = "clinicsite_users"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "People who sign in"
