"""Making what an agency and its clinics begin with."""

from importlib import import_module

#: What a project calls, and where it stands. Loaded when it is asked for: an app's package is imported before
#: there are models.
_PUBLIC = {
    "CreatedClinic": "create",
    "ClinicSpec": "spec",
    "Fault": "spec",
    "SpecError": "spec",
    "create_clinic": "create",
    "invite": "invitations",
}

__all__ = ["ClinicSpec", "CreatedClinic", "Fault", "SpecError", "create_clinic", "invite"]


def __getattr__(name):
    if name not in _PUBLIC:
        raise AttributeError(f"{__name__} has no {name}.")
    return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)
