"""The demo as `make demo` builds it: once a run, for all who test it or look at it."""

import shutil
from pathlib import Path

from django.db.utils import ConnectionHandler
from environ import Env

from tests.commands import environment, manage

#: Prepares the pictures in haste: AVIF and WebP in a third of the time, in larger files. No test weighs them.
PREPARE = """
from django.core.management import call_command
from PIL import Image
from clinicsite.core.pictures import avif

def save_in_haste(image, file, filename):
    image.encoderinfo["method"] = 0
    save(image, file, filename)

Image.init()
save = Image.SAVE["WEBP"]
Image.SAVE["WEBP"] = save_in_haste
avif.SPEED = 10
call_command("prepare_pictures", verbosity=0)
"""


def set_port(database_url: str, port: int) -> None:
    """Give every site of a demo this port, as `build_demo --port` does after a look through the demo."""
    lent = ConnectionHandler({"default": Env.db_url_config(database_url)})["default"]
    with lent.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_site SET port = %s", [port])
    lent.close()


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
        settings = environment(self.databases.store.url(), self.served_media)
        manage(settings, "shell", "--no-imports", "-c", PREPARE)

    def _build(self):
        manage(environment(self.databases.store.url(), self.media), "build_demo")
