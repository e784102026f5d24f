from django.apps import AppConfig


class StyleguideConfig(AppConfig):
    name = "clinicsite.styleguide"
    label = "clinicsite_styleguide"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Style guide"
