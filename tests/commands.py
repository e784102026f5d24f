"""Management commands that run beside the tests, as on a development install."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def environment(database_url: str, media: Path, port: int = 8000) -> dict[str, str]:
    """What a development install needs to find this database and these files."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinicsite.settings.development",
        "DATABASE_URL": database_url,
        "REDIS_URL": "",
        "MEDIA_ROOT": str(media),
        "WAGTAILADMIN_BASE_URL": f"http://localhost:{port}",
        "LOG_LEVEL": "ERROR",
    }


def manage(settings: dict[str, str], *arguments: str) -> str:
    """Run a management command in this environment; what it printed."""
    command = [sys.executable, "manage.py", *arguments]
    finished = subprocess.run(command, cwd=ROOT, env=settings, check=True, stdout=subprocess.PIPE, text=True)
    return finished.stdout
