from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from clinicsite.core.background import queue
from clinicsite.sign_in.ending import end_sessions_of
from clinicsite.sign_in.tasks import mail_changed


class Command(BaseCommand):
    help = (
        "Takes off somebody's passkeys, apps and codes, for whoever has lost them all: make sure that it is "
        "the person who asks. Their sessions end, and a mail tells them. They sign in with the password, and "
        "are asked for a second step again where they need one."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="The person's user name.")

    @transaction.atomic
    def handle(self, *args, **options):
        model = get_user_model()
        user = model.objects.filter(**{model.USERNAME_FIELD: options["username"]}).first()
        if user is None:
            raise CommandError(
                f"Nobody has the user name {options['username']}. Settings > Users lists them."
            )
        had, _kinds = Authenticator.objects.filter(user=user).delete()
        if not had:
            self.stdout.write(f"{options['username']} has no second step. Nothing was changed.")
            return
        end_sessions_of([user.pk])
        queue(mail_changed, user.pk, "every second step was taken off your account, because it was lost.")
        self.stdout.write(
            f"{options['username']} signs in with the password alone until another step is added."
        )
