"""Settings for the public. The environment is read strictly first: what is missing stops start-up."""

import os

from clinicsite.settings import environment

environment.read(os.environ, production=True)

from clinicsite.settings.base import *  # noqa: E402, F403
from clinicsite.settings.base import ENVIRONMENT, STORAGES  # noqa: E402

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

SECURE_SSL_REDIRECT = ENVIRONMENT["SECURE_SSL"]
SESSION_COOKIE_SECURE = ENVIRONMENT["SECURE_SSL"]
CSRF_COOKIE_SECURE = ENVIRONMENT["SECURE_SSL"]
if ENVIRONMENT["SECURE_SSL"]:
    SECURE_HSTS_SECONDS = ENVIRONMENT["HSTS_SECONDS"]
    SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT["HSTS_SUBDOMAINS"]
    SECURE_HSTS_PRELOAD = ENVIRONMENT["HSTS_SUBDOMAINS"]
    # The prefix makes a browser refuse these cookies from any other host, or without https.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
