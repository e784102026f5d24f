import pytest

from tests.settings.conftest import PRODUCTION

LONG_ENOUGH = "x" * 60


def assert_stops_with_one_line(finished, name, reason):
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1, finished.stderr
    assert finished.stderr.startswith(f"{name} ")
    assert reason in finished.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DEBUG", "maybe", "neither yes nor no"),
        ("ALLOWED_HOSTS", "https://northgate.example", "leave out https://"),
        ("ALLOWED_HOSTS", ", ,", "names no host"),
        ("AGENCY_HOST", "agency.example:8000", "not a host name"),
        ("WAGTAILADMIN_BASE_URL", "agency.example", "not a full address"),
        ("DATABASE_URL", "mysql://user:sesame@db.example/clinics", "sqlite:// or postgres://"),
        ("DATABASE_URL", "postgres://user:sesame@db.example", "names no database"),
        ("DATABASE_URL", "postgres://user:sesame@db.example:port/clinics", "DATABASE_URL=postgres://"),
        ("REDIS_URL", "localhost:6379", "does not begin with redis://"),
        ("REDIS_URL", "redis://", "names no server"),
        ("EMAIL_URL", "smtp.example", "is not a mail server address"),
        ("EMAIL_URL", "smtp://", "names no mail server"),
        ("DEFAULT_FROM_EMAIL", "The Agency", "holds no e-mail address"),
        ("MEDIA_URL", "/media", "does not end with a slash"),
        ("TASKS_BACKEND", "celery", "none of: immediate, database"),
        ("TRUSTED_PROXY_COUNT", "-1", "not a whole number"),
        ("LOG_LEVEL", "loud", "none of: DEBUG"),
        ("S3_BUCKET", "media", "S3_BUCKET needs it"),
    ],
)
def test_malformed_variable_stops_start_up_with_one_line_that_names_it(manage, name, value, reason):
    stopped_by = "S3_PUBLIC_HOST" if name == "S3_BUCKET" else name
    finished = manage("check", **{name: value})
    assert_stops_with_one_line(finished, stopped_by, reason)
    assert f"For example: {stopped_by}=" in finished.stderr


@pytest.mark.parametrize("command", ["check", "migrate", "runserver", "build_demo"])
def test_every_kind_of_command_is_stopped_alike(manage, command):
    assert_stops_with_one_line(manage(command, DEBUG="maybe"), "DEBUG", "neither yes nor no")


def test_message_never_shows_a_password(manage):
    finished = manage("check", DATABASE_URL="mysql://user:sesame@db.example/clinics")
    assert "sesame" not in finished.stderr


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "DJANGO_SETTINGS_MODULE"])
def test_production_names_the_variable_it_misses(manage, name):
    environ = {key: value for key, value in PRODUCTION.items() if key != name}
    assert_stops_with_one_line(manage("check", **environ), name, "production needs it")


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("insecure-key-for-development-only", "key for development"),
        (f"insecure-key-for-development-only-{LONG_ENOUGH}", "key for development"),
        (f"django-insecure-{LONG_ENOUGH}", "key for development"),
        ("short-but-random-8rTn_w2LxYb5KdPz7Hc0", "too easy to guess"),
        (LONG_ENOUGH, "too easy to guess"),
    ],
)
def test_production_refuses_a_secret_key_that_can_be_guessed(manage, key, reason):
    finished = manage("check", **PRODUCTION | {"SECRET_KEY": key})
    assert_stops_with_one_line(finished, "SECRET_KEY", reason)


def test_production_refuses_to_show_errors_to_visitors(manage):
    assert_stops_with_one_line(manage("check", **PRODUCTION, DEBUG="yes"), "DEBUG", "production")


def test_settings_named_on_the_command_line_are_the_ones_that_are_checked(manage):
    finished = manage("check", "--settings=clinicsite.settings.production")
    assert_stops_with_one_line(finished, "SECRET_KEY", "production needs it")


def test_production_passes_the_deployment_checks_without_a_warning(manage):
    finished = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert finished.returncode == 0, finished.stderr
    assert "no issues" in finished.stdout
