"""The demo as `make demo` builds it: once a run, for all who test it or look at it."""

import os
import shutil
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


class BuiltDemo:
    """Builds the demo when somebody first asks for it; everybody gets a copy.

    Args:
        databases: Of this process.
        run_folder: Shared by the processes of this run.
    """

    def __init__(self, databases, run_folder):
        self.databases = databases
        self.media = Path(run_folder) / "demo-media"
        #: Its files once every size and format of its pictures is there.
        self.served_media = Path(run_folder) / "served-media"

    def use(self):
        """Work on a copy of its database."""
        self.databases.use_built("demo", self._build)

    def lend(self, label):
        """Copy its database for another program, and name it as `DATABASE_URL` does.

        Its pictures are prepared: each server would make their files anew for its first visitor.
        """
        return self.databases.lend_built("served", self._prepare, label)

    def _prepare(self):
        self.use()
        shutil.copytree(self.media, self.served_media)
        manage(
            environment(self.databases.store.url(), self.served_media), "prepare_pictures", "--verbosity", "0"
        )

    def _build(self):
        manage(environment(self.databases.store.url(), self.media), "build_demo")
