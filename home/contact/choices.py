from django.db import models


class RequestKind(models.TextChoices):
    """What a patient asks of a clinic through its contact page."""

    MESSAGE = "message", "Message"
    CALL_BACK = "call_back", "Call-back request"
    CONSULTATION = "consultation", "Free consultation"


class KeepDays(models.IntegerChoices):
    """How long a clinic keeps what patients send; every choice has an end."""

    MONTH = 30, "30 days"
    TWO_MONTHS = 60, "60 days"
    THREE_MONTHS = 90, "90 days"
    HALF_YEAR = 180, "180 days"
    YEAR = 365, "One year"
