"""The agency's list of all its clinics: what each needs, on one screen and as a file."""
