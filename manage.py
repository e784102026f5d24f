#!/usr/bin/env python3
"""The project's management commands; `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicsite.settings.development")
    from django.core.management import execute_from_command_line

    from clinicsite.settings.environment import EnvironmentProblem

    try:
        execute_from_command_line(sys.argv)
    except EnvironmentProblem as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
