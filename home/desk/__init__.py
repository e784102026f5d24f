"""An owner's first screen, and what is done from it with one press: hours, a notice, a phone number."""
