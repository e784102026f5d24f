"""Work on many clinics at once: shown first, done clinic by clinic, kept in a log, and undone."""
