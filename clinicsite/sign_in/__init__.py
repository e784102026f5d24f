"""Signing in to the admin: a password, a second factor, and a limit to guessing.

The stand-alone project has this app, on django-allauth. A project that takes the product in as a plug-in
keeps the sign-in that it has, unless it installs the app too. `views` are the screens, `throttling` counts
tries, `second_factor` says who needs one, `expired` gives back what was typed, `ending` ends sessions.
"""
