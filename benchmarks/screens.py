"""What grows with the number of clinics: `python -m benchmarks.screens --clinics 1000`.

Works in a scratch database of its own, as `benchmarks.console`. Every screen is measured with ten clinics and
then with all, as the agency's administrator, as a clinic's owner and as a patient; one that grows has a star.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

FEW = 10


def read_options() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clinics", type=int, default=1000, help="how many clinics to build (1000)")
    parser.add_argument("--followers", type=int, default=60, help="pages of each that follow (60)")
    parser.add_argument("--pages", type=int, default=100, help="library pages (100)")
    return parser.parse_args()


def main() -> int:
    """Build, measure, print."""
    options = read_options()
    with tempfile.TemporaryDirectory(prefix="clinicsite-benchmark-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        for name in ("MEDIA_ROOT", "STATIC_ROOT"):
            os.environ[name] = f"{folder}/{name.lower()}"
            os.mkdir(os.environ[name])
        os.environ.update(DEBUG="no", LOG_LEVEL="ERROR", ALLOWED_HOSTS="*", TASKS_BACKEND="database")
        os.environ.update(SECOND_FACTOR="nobody", PAGE_CACHE="no")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicsite.settings.development")
        import django

        django.setup()
        from benchmarks.measuring_screens import measure

        return measure(options, FEW)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main())
