"""What search engines are told of one text on many clinics' sites."""

from django.db import models


class OnClinicsSites(models.TextChoices):
    """How the pages that follow a library page stand in search engines."""

    SELF = "self", "Each clinic’s page may be found, and names itself as the original"
    NOINDEX = "noindex", "Keep the clinics’ pages out of search engines"
