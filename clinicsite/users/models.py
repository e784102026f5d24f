from clinicsite.core.models.users import AbstractClinicUser


class User(AbstractClinicUser):
    """A clinic's owner or editor, or one of the agency's people."""

    class Meta(AbstractClinicUser.Meta):
        abstract = False
        swappable = "AUTH_USER_MODEL"
