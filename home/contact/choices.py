from django.db import models


class RequestKind(models.TextChoices):
    """What a patient asks of a clinic through its contact page."""

    MESSAGE = "message", "Message"
    CALL_BACK = "call_back", "Call-back request"
    CONSULTATION = "consultation", "Free consultation"


class MailKind(models.TextChoices):
    """Whom a mail about a message tells of it."""

    NOTICE = "notice", "Notice to the clinic"
    RECEIPT = "receipt", "Receipt to the patient"


class MailState(models.TextChoices):
    """How far a mail about a message has got."""

    WAITING = "waiting", "To be sent"
    BEGUN = "begun", "Being sent"
    SENT = "sent", "Sent"
    NOT_WANTED = "not_wanted", "Not wanted"
    NOT_SENT = "not_sent", "Not sent"


class KeepDays(models.IntegerChoices):
    """How long a clinic keeps what patients send; every choice has an end."""

    MONTH = 30, "30 days"
    TWO_MONTHS = 60, "60 days"
    THREE_MONTHS = 90, "90 days"
    HALF_YEAR = 180, "180 days"
    YEAR = 365, "One year"
