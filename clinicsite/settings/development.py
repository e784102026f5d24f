"""Settings for work on one's own machine, and for `make demo`."""

from clinicsite.settings import parts
from clinicsite.settings.base import *  # noqa: F403
from clinicsite.settings.base import CLINICSITE, ENVIRONMENT, INSTALLED_APPS, IS_CHECKOUT

vars().update(parts.for_one_machine(ENVIRONMENT))
# Whoever looks round is asked for a second step only where the environment says so.
CLINICSITE = {"SECOND_FACTOR": "nobody"} | CLINICSITE
if IS_CHECKOUT:
    # For looking round in a checkout, and for whoever works on the templates; the wheel leaves both out.
    looking_round = ["clinicsite.demo", *(["clinicsite.styleguide"] if ENVIRONMENT["DEBUG"] else [])]
    INSTALLED_APPS = [*looking_round, *INSTALLED_APPS]
