"""Settings for the public. The environment is read strictly first: what is missing stops start-up."""

import os

from clinicsite.settings import environment, parts

environment.read(os.environ, production=True)

from clinicsite.settings.base import *  # noqa: E402, F403
from clinicsite.settings.base import ENVIRONMENT, STORAGES  # noqa: E402

vars().update(parts.for_the_public(ENVIRONMENT, STORAGES))
