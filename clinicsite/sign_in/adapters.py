"""What django-allauth asks a project: who may sign up, how a mail is sent, what is encrypted."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from itertools import count
from time import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.admin import messages

from clinicsite.clinics.audit.log import Kind, record, site_at_work
from clinicsite.core.background import queue
from clinicsite.core.conf import conf
from clinicsite.core.senders import client_address
from clinicsite.sign_in import second_factor, throttling
from clinicsite.sign_in.tasks import mail_changed

#: Where a session holds when somebody signed in.
BEGAN = "clinicsite_began"
#: What a person is told of, by the name of allauth's own mail.
TOLD = {
    "mfa/email/totp_activated": "an authenticator app was added to your account.",
    "mfa/email/totp_deactivated": "the authenticator app was taken off your account.",
    "mfa/email/webauthn_added": "a passkey was added to your account.",
    "mfa/email/webauthn_removed": "a passkey was taken off your account.",
    "mfa/email/recovery_codes_generated": "new codes for emergencies were made for your account.",
}
#: What is said on the next screen, by the name of allauth's own message.
DONE = {
    "mfa/messages/totp_activated.txt": "The authenticator app was added.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app was taken off.",
    "mfa/messages/webauthn_added.txt": "The passkey was added.",
    "mfa/messages/webauthn_removed.txt": "The passkey was taken off.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; whoever signs in is known in that browser afterwards."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request) or "0.0.0.0"

    def post_login(self, request, user, **options):
        response = super().post_login(request, user, **options)
        request.session[BEGAN] = int(time())
        second_factor.decide(request)
        throttling.make_known(request, response, f"account {user.pk}")
        return response

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say in our words what has become of somebody's second step; of all else the screens say it."""
        if done := DONE.get(message_template):
            messages.success(request, done)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell a person in our words, and in the background."""
        record(Kind.SECOND_STEP, TOLD[template_prefix], site_id=site_at_work(user), person=user)
        queue(mail_changed, user.pk, TOLD[template_prefix])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted, and whoever needs a second factor keeps the last one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That is not the code of this moment. Wait for the next one and try again.",
        "cannot_delete_authenticator": (
            "You need a second step to sign in, and this is your only one. Add another one first."
        ),
    }

    def get_totp_issuer(self):
        return conf.AGENCY_NAME or super().get_totp_issuer()

    def encrypt(self, text):
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator):
        user = get_user_model().objects.get(pk=authenticator.user_id)
        return not (second_factor.is_last(authenticator) and second_factor.is_needed_by(user))

    def generate_authenticator_name(self, user, type):
        taken = {str(one) for one in Authenticator.objects.filter(user=user, type=type)}
        if not taken:
            return "My passkey"
        return next(name for number in count(2) if (name := f"Passkey {number}") not in taken)


def _box():
    """Opens what any of the secret keys has closed; closes with the one in use."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key):
    return urlsafe_b64encode(sha256(b"clinicsite.sign_in.adapters" + key.encode()).digest())
