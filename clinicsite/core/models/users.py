from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class User(AbstractUser):
    """Somebody who signs in: a clinic's owner or editor, or one of the agency's people."""

    email = models.EmailField("e-mail address", help_text="Where password resets and notices go.")

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                condition=~models.Q(email=""),
                violation_error_message="Somebody with this e-mail address already has a login.",
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.get_username()
