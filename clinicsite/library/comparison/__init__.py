"""See what changed: a section as the clinic took it, as the library has it now, and as the clinic has it."""
