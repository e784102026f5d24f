import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: What production needs, as in a real install; no test connects to any of it.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "clinicsite.settings.production",
    "SECRET_KEY": "Jq3v-8rTn_w2LxYb5KdPz7Hc0sFgAeMu9iOk4tVyXlQhRjWnB1",
    "ALLOWED_HOSTS": ".clinics.example",
    "AGENCY_HOST": "admin.clinics.example",
    "WAGTAILADMIN_BASE_URL": "https://admin.clinics.example",
    "DATABASE_URL": "postgres://user:password@db.example:5432/clinicsite",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "DEFAULT_FROM_EMAIL": "Example Agency <noreply@clinics.example>",
}


@pytest.fixture
def manage():
    """Run manage.py in a process of its own, with exactly the given environment."""

    def run(*arguments, **environ):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **environ},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
