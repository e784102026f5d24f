"""Library pages beside clinics: who follows what, with what of their own. Not for one clinic's people."""
