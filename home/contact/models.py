from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from clinicsite.core.phones import parsed
from clinicsite.home.contact.choices import KeepDays, MailKind, MailState, RequestKind


class ContactMessage(models.Model):
    """What a patient sent through a clinic's contact page: a message, or a request to be called."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=RequestKind.choices, default=RequestKind.MESSAGE)
    name = models.CharField(max_length=100)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=30, blank=True, help_text="E.164, with ;ext= after it (RFC 3966).")
    preferred_time = models.CharField(max_length=100, blank=True)
    location = models.CharField(max_length=255, blank=True)
    treatment = models.CharField(max_length=255, blank=True, help_text="Of the clinic's own list.")
    message = models.TextField(blank=True)
    created_at = models.DateTimeField("received", auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    submission = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Names one sending, so that none is stored twice.",
    )

    class Meta:
        verbose_name = "message"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(email="", phone=""), name="clinicsite_contact_message_can_be_answered"
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=~models.Q(submission=""),
                name="clinicsite_contact_message_stored_once",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.created_at:%Y-%m-%d}"

    @property
    def is_answered(self):
        """Whether somebody at the clinic has marked it as dealt with."""
        return self.answered_at is not None

    @property
    def state_mark(self):
        """Names the state that a screen shows, so that nobody changes another one unseen."""
        return self.answered_at.isoformat() if self.answered_at else ""

    @property
    def state_text(self):
        """New or answered, in a word."""
        return "Answered" if self.is_answered else "New"

    @property
    def delete_at(self):
        """When it is deleted, by its contact page's present rule."""
        page = getattr(self.page, "clinicsite_contactpage", None)
        return self.created_at + timedelta(days=page.keep_days if page else KeepDays.THREE_MONTHS)

    @property
    def delete_on(self):
        """The day on which it is deleted."""
        return timezone.localdate(self.delete_at)

    @property
    def phone_text(self):
        """The number as people at a North American clinic write it."""
        number = parsed(self.phone)
        return number.text if number else ""

    @property
    def is_notice_missing(self):
        """Whether no mail could tell the clinic of it; it is here to read all the same."""
        return self.mails.filter(kind=MailKind.NOTICE, state=MailState.NOT_SENT).exists()


class MessageMail(models.Model):
    """One mail about a message, and how far it has got: so that none is forgotten, and none sent twice."""

    message = models.ForeignKey(ContactMessage, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20, choices=MailKind.choices)
    state = models.CharField(max_length=20, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True, help_text="When a mail server was last given it.")
    due_at = models.DateTimeField(
        "next attempt",
        null=True,
        blank=True,
        default=timezone.now,
        help_text="When it should be sent; empty once nobody has to.",
    )
    reason = models.CharField(max_length=100, blank=True, help_text="Why it was not sent; names no address.")

    class Meta:
        verbose_name = "mail about a message"
        verbose_name_plural = "mails about messages"
        ordering = ["-message__created_at", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["message", "kind"], name="clinicsite_message_mail_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, message {self.message_id}"
