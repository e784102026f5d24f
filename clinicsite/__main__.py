"""The command `clinicsite`, also `python -m clinicsite`: makes a project of its own that uses the product."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from django.core.management import CommandError, call_command

#: What a new project is made of; `wagtail start --template` takes it too.
TEMPLATE = Path(__file__).resolve().parent / "project_template"
NEXT = """Made the project {name} in {folder}. Next, in that folder:

    python manage.py migrate
    python manage.py setup_agency --remove-welcome
    python manage.py createsuperuser
    python manage.py runserver

README.md there says the rest."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks; what is wrong with it is said in one line."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except CommandError as error:
        sys.exit(str(error))


def _parser():
    parser = argparse.ArgumentParser(prog="clinicsite", description="Websites of many clinics.")
    commands = parser.add_subparsers(title="commands", required=True)
    start = commands.add_parser("start", help="make a project that uses clinicsite")
    start.add_argument("name", help="what the project's package is called, such as agency")
    start.add_argument("folder", nargs="?", type=Path, help="where it is to lie; its name if left out")
    start.set_defaults(run=lambda asked: start_project(asked.name, asked.folder or Path(asked.name)))
    template = commands.add_parser("template", help="say where the template for `wagtail start` is")
    template.set_defaults(run=lambda asked: print(TEMPLATE))
    return parser


def start_project(name: str, folder: Path) -> None:
    """Make a project in a folder, whole or not at all; what is there already is never written over."""
    with TemporaryDirectory() as work:
        made = Path(work, "project")
        made.mkdir()
        call_command("startproject", name, str(made), template=str(TEMPLATE))
        _refuse_to_write_over(made, folder)
        copytree(made, folder, dirs_exist_ok=True)
    print(NEXT.format(name=name, folder=folder.resolve()))


def _refuse_to_write_over(made, folder):
    wanted = [path.relative_to(made) for path in sorted(made.rglob("*")) if path.is_file()]
    taken = [str(path) for path in wanted if (folder / path).exists()]
    if taken:
        raise CommandError(f"{folder} has {', '.join(taken)} already. Nothing was made.")


if __name__ == "__main__":
    main()
