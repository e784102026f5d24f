from django.apps import AppConfig


class StyleguideConfig(AppConfig):
    name = "clinicsite.styleguide"
    label = "styleguide"
    verbose_name = "Style guide"
