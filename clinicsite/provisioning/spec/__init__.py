"""What a clinic is to be, before there is one: read from a mapping, and checked as a whole.

`read` takes what a TOML file or a form holds; `validate` names all that is wrong by its field, and writes
nothing. What is right is made by `clinicsite.provisioning.create_clinic`.
"""

from .faults import Fault, SpecError
from .parts import (
    VERSION,
    BrandSpec,
    ClinicSpec,
    FrontSpec,
    HoursSpec,
    LocationSpec,
    LoginSpec,
    PersonSpec,
    PhoneSpec,
    PictureSpec,
    SocialLinkSpec,
    SpecialDaySpec,
)
from .reading import as_mapping, help_for, read, read_with_faults
from .validating import validate

__all__ = [
    "VERSION",
    "BrandSpec",
    "ClinicSpec",
    "Fault",
    "FrontSpec",
    "HoursSpec",
    "LocationSpec",
    "LoginSpec",
    "PersonSpec",
    "PhoneSpec",
    "PictureSpec",
    "SocialLinkSpec",
    "SpecError",
    "SpecialDaySpec",
    "as_mapping",
    "help_for",
    "read",
    "read_with_faults",
    "validate",
]
