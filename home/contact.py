"""Messages from patients: the form, what keeps robots off, storing and mailing."""

import time

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from phonenumber_field.formfields import PhoneNumberField

from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import current_rendering

#: Messages one address may send in an hour.
MESSAGES_AN_HOUR = 5
HOUR = 60 * 60


class ContactForm(forms.Form):
    """Name, how to answer, and a message; nothing about the patient's health."""

    name = forms.CharField(
        label="Your name",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Write your name."},
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Write the whole address, such as name@mail.example."},
        help_text="An e-mail address or a phone number, so that we can answer.",
    )
    phone = PhoneNumberField(
        label="Phone",
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": "Write the number with its area code, such as 416 555 0123."},
    )
    preferred_time = forms.CharField(label="Best time to reach you", required=False, max_length=100)
    location = forms.ChoiceField(label="Location", required=False)
    message = forms.CharField(
        label="Message",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Write a few words about what we can do for you."},
        help_text="Please do not send health details. We will ask for them in private.",
    )
    website = forms.CharField(required=False, label="Leave this empty")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clinic = profile_for(current_rendering().site)
        places = clinic.parts["places"].all if clinic else ()
        self.fields["location"].choices = [("", "Any")] + [(place.title, place.title) for place in places]
        if len(places) < 2:
            del self.fields["location"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", "Give an e-mail address or a phone number, so that we can answer.")
        return cleaned

    @property
    def is_from_a_robot(self):
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))


def client_address(request):
    """The sender's IP address, counting back over the proxies we trust and no further."""
    proxies = settings.TRUSTED_PROXY_COUNT
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def is_throttled(request):
    """Count this message against its address; true once the share of this hour of the day is used up."""
    key = f"contact_throttle:{client_address(request)}:{int(time.time()) // HOUR}"
    cache.add(key, 0, HOUR)
    return cache.incr(key) > MESSAGES_AN_HOUR


def deliver(form, page):
    """Store a valid message and, once it is stored, mail it to the clinic."""
    from home.models import ContactMessage

    data = {
        name: form.cleaned_data.get(name) or "" for name in ("name", "email", "preferred_time", "message")
    }
    phone = form.cleaned_data.get("phone")
    data |= {"phone": phone.as_e164 if phone else "", "location": form.cleaned_data.get("location") or ""}
    message = ContactMessage.objects.create(page=page, **data)
    clinic = profile_for(current_rendering().site)
    if clinic and clinic.email:
        # The message is safe in the admin; a mail server that is down is no fault of the patient's.
        transaction.on_commit(lambda: _mail(message, clinic), robust=True)


def _mail(message, clinic):
    lines = [
        f"Name: {message.name}",
        f"E-mail: {message.email}",
        f"Phone: {message.phone}",
        f"Best time: {message.preferred_time}",
        f"Location: {message.location}",
        "",
        message.message,
    ]
    EmailMessage(
        subject=f"Message from the website of {clinic.name}",
        body="\n".join(lines),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[clinic.email],
        reply_to=[message.email] if message.email else None,
    ).send()
