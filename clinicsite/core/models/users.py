from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class AbstractClinicUser(AbstractUser):
    """Somebody who signs in with an e-mail address of their own.

    A project may build its user model on this, or bring any other.
    """

    email = models.EmailField("e-mail address", help_text="Where password resets and notices go.")

    class Meta(AbstractUser.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="%(app_label)s_%(class)s_email_unique",
                condition=~models.Q(email=""),
                violation_error_message="Somebody with this e-mail address already has a login.",
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.get_username()
