import factory
from factory.django import DjangoModelFactory

from clinicsite.users.models import User

PASSWORD = "plain-test-password"


class UserFactory(DjangoModelFactory):
    """Somebody who can sign in with the password `PASSWORD`; `groups` are set after saving."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@people.example")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def groups(self, create, extracted, **kwargs):
        self.groups.set(extracted or [])
