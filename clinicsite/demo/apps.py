from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "clinicsite.demo"
    label = "demo"
    verbose_name = "Demo"
