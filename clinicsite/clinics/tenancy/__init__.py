"""Who may see what. One package, so that isolation is a rule and not a check repeated in views."""

from clinicsite.clinics.tenancy.scope import Scope, clinic_sites, scope_at_work, scope_of

__all__ = ["Scope", "clinic_sites", "scope_at_work", "scope_of"]
