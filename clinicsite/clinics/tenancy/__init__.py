"""Who may see what. One package, so that isolation is a rule and not a check repeated in views."""

from clinicsite.clinics.tenancy.scope import Scope, scope_of

__all__ = ["Scope", "scope_of"]
