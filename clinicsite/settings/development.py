"""Settings for work on one's own machine, and for `make demo`."""

from clinicsite.settings.base import *  # noqa: F403
from clinicsite.settings.base import ENVIRONMENT, INSTALLED_APPS, IS_CHECKOUT

DEBUG = ENVIRONMENT["DEBUG"]
if IS_CHECKOUT:
    # For looking round in a checkout, and for whoever works on the templates; the wheel leaves both out.
    INSTALLED_APPS = ["clinicsite.demo", *(["clinicsite.styleguide"] if DEBUG else []), *INSTALLED_APPS]
# The two keep apart what one browser holds for the sites on localhost and for a production install.
SESSION_COOKIE_NAME = "clinicsite-session"
CSRF_COOKIE_NAME = "clinicsite-csrf"
