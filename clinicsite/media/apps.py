from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "clinicsite.media"
    label = "clinicsite_media"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pictures and documents"
