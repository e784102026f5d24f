"""What `manage.py check` says of a project that has put the product in wrongly."""

import pytest
from django.core.checks import run_checks

from clinicsite import plugin
from clinicsite.core import checks, installation

#: What `wagtail start` makes.
STARTED = [
    "django.middleware.security.SecurityMiddleware",
    plugin.SESSIONS,
    plugin.COMMON,
    plugin.CSRF,
    plugin.SIGNED_IN,
    plugin.MESSAGES,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    plugin.REDIRECTS,
]


def said(check):
    return [(one.id, one.msg) for one in check(None)]


def test_our_own_settings_are_in_order():
    assert run_checks(tags=["clinicsite"]) == []


def test_a_new_projects_middleware_gets_ours_in_their_places():
    placed = plugin.middleware(STARTED)
    assert [name for name in placed if name in STARTED] == STARTED
    names = [name.rpartition(".")[2].removesuffix("Middleware") for name in placed]
    assert names == [
        "Security",
        "Maintenance",
        "RetiredHost",
        "CurrentSite",
        "Visit",
        "TextCompression",
        "Session",
        "Common",
        "CsrfView",
        "Authentication",
        "Message",
        "AdminSurface",
        "AdminZone",
        "Audit",
        "XFrameOptions",
        "ContentPolicy",
        "ClinicLocale",
        "Analytics",
        "Gone",
        "Redirect",
    ]
    assert plugin.misplaced(placed) == []
    assert plugin.middleware(placed) == placed


def test_a_projects_own_middleware_keeps_its_order_round_ours():
    cache, language, theirs = "django.middleware.cache.UpdateCacheMiddleware", plugin.LOCALES, "agency.Own"
    own = [cache, STARTED[0], plugin.SESSIONS, language, *STARTED[2:6], theirs]
    placed = plugin.middleware(own)
    assert [name for name in placed if name in own] == own
    assert placed.index(theirs) < placed.index(plugin.LAST[0])
    assert placed[-1] == plugin.REDIRECTS
    assert plugin.misplaced(placed) == []


def test_apps_that_are_there_are_not_added_again_and_ours_come_last():
    installed = ["home", "wagtail.contrib.redirects", "wagtail"]
    apps = plugin.apps(installed)
    assert apps[:3] == installed
    assert len(apps) == len(set(apps))
    # Its receivers run before ours, which mend what it has made.
    assert apps.index("wagtail.contrib.redirects") < apps.index("clinicsite.core")
    assert plugin.apps(apps) == apps


def test_each_engine_of_djangos_gets_the_context_processor_and_no_other_does():
    jinja = {"BACKEND": "django.template.backends.jinja2.Jinja2", "OPTIONS": {}}
    django = {"BACKEND": "django.template.backends.django.DjangoTemplates"}
    assert plugin.templates([jinja, django]) == [
        jinja,
        django | {"OPTIONS": {"context_processors": [plugin.CONTEXT_PROCESSOR]}},
    ]
    assert "OPTIONS" not in django


@pytest.mark.parametrize(
    "name", [*plugin.FIRST, plugin.GATE, plugin.ZONE, plugin.AUDIT, *plugin.LAST, plugin.REDIRECTS]
)
def test_a_middleware_that_is_missing_is_named(settings, name):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != name]
    assert said(installation.check_middleware) == [("clinicsite.E009", f"MIDDLEWARE: {name} is missing.")]


@pytest.mark.parametrize(
    ("moved", "before"),
    [
        (plugin.FIRST[1], plugin.SESSIONS),
        (plugin.FIRST[0], plugin.FIRST[1]),
        (plugin.MESSAGES, plugin.GATE),
        (plugin.GATE, plugin.ZONE),
        (plugin.LAST[0], plugin.LAST[1]),
        (plugin.LAST[3], plugin.REDIRECTS),
    ],
)
def test_a_middleware_that_stands_too_late_is_told_where_it_belongs(settings, moved, before):
    settings.MIDDLEWARE = [*(one for one in settings.MIDDLEWARE if one != moved), moved]
    sentences = [sentence for _ident, sentence in said(installation.check_middleware)]
    assert f"MIDDLEWARE: {moved} must stand before {before}." in sentences


def test_an_app_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(plugin, "APPS_NEEDED", ("wagtail.snippets", "wagtail.contrib.sitemaps"))
    assert said(installation.check_apps) == [
        ("clinicsite.E008", "INSTALLED_APPS has no wagtail.contrib.sitemaps.")
    ]


def test_templates_without_the_context_processor_are_an_error(settings):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    ((ident, sentence),) = said(installation.check_context_processor)
    assert ident == "clinicsite.E010"
    assert plugin.CONTEXT_PROCESSOR in sentence


@pytest.mark.parametrize(
    ("urlconf", "ident"),
    [
        ("wagtail.admin.urls", "clinicsite.E012"),
        ("clinicsite.urls", "clinicsite.E011"),
        ("clinicsite.agency_urls", None),
    ],
)
def test_wagtails_own_chooser_before_ours_is_an_error(settings, urlconf, ident):
    settings.CLINICSITE = settings.CLINICSITE | {"AGENCY_URLCONF": urlconf}
    assert [found for found, _sentence in said(installation.check_addresses)] == ([ident] if ident else [])


@pytest.mark.parametrize(
    "given", ["", None, "admin.example", "http://example.com", "https://a.example/admin"]
)
def test_an_admin_that_mails_cannot_lead_to_is_a_warning(settings, given):
    settings.WAGTAILADMIN_BASE_URL = given
    assert [ident for ident, _sentence in said(installation.check_base_url)] == ["clinicsite.W013"]


@pytest.mark.parametrize(
    "given", ["https://admin.example", "http://localhost:8000", "https://admin.example/"]
)
def test_an_admin_with_a_host_is_none(settings, given):
    settings.WAGTAILADMIN_BASE_URL = given
    assert said(installation.check_base_url) == []


@pytest.mark.parametrize(
    ("engine", "tasks", "is_told"),
    [
        ("postgresql", {}, True),
        ("postgresql", {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}, True),
        ("postgresql", {"default": {"BACKEND": "clinicsite.core.background.AfterCommitBackend"}}, False),
        ("postgresql", {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}, False),
        ("sqlite3", {}, False),
    ],
)
def test_work_inside_transactions_of_postgresql_is_a_warning(settings, monkeypatch, engine, tasks, is_told):
    settings.TASKS = tasks
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"django.db.backends.{engine}")
    assert bool(said(installation.check_background)) == is_told


@pytest.mark.parametrize(
    ("backend", "is_told"),
    [
        ("django.core.cache.backends.redis.RedisCache", True),
        ("clinicsite.core.caching.RedisOrMemoryCache", False),
        ("django.core.cache.backends.locmem.LocMemCache", False),
    ],
)
def test_a_cache_that_fails_with_its_server_is_a_warning(settings, backend, is_told):
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://localhost"}}
    assert bool(said(installation.check_cache)) == is_told


def test_models_that_lack_what_clinics_need_are_told_of_and_ours_are_not(monkeypatch):
    from django.contrib.auth.models import User
    from wagtail.images.models import Image

    assert said(installation.check_models) == []
    monkeypatch.setattr(installation, "get_user_model", lambda: User)
    monkeypatch.setattr(installation, "get_image_model", lambda: Image)
    told = said(installation.check_models)
    assert {ident for ident, _sentence in told} == {"clinicsite.I015"}
    assert [sentence.split(":")[0] for _ident, sentence in told] == [
        "auth.User lets two people have the same e-mail address",
        "wagtailimages.Image has no credit",
        "wagtailimages.Image knows of no consent",
    ]


@pytest.mark.parametrize("host", ["LOCALHOST", "localhost:8000", "http://localhost"])
def test_an_agencys_host_that_no_request_can_have_is_an_error(settings, host):
    settings.CLINICSITE = {"AGENCY_HOST": host}
    assert [ident for ident, _sentence in said(installation.check_hosts)] == ["clinicsite.E016"]


@pytest.mark.parametrize("urlconf", ["nowhere.urls", "wagtail.admin.urls"])
def test_addresses_of_clinics_without_ours_are_an_error(settings, urlconf):
    settings.CLINICSITE = {"CLINIC_URLCONF": urlconf}
    ((ident, sentence),) = said(installation.check_hosts)
    assert ident == "clinicsite.E017"
    assert urlconf in sentence


@pytest.mark.parametrize("given", [None, ["AGENCY_HOST"], "localhost"])
def test_settings_of_ours_that_are_no_dictionary_are_an_error(settings, given):
    settings.CLINICSITE = given
    assert [error.id for error in checks.check_settings(None)] == ["clinicsite.E007"]


def test_templates_in_a_tuple_are_in_order_too(settings):
    settings.TEMPLATES = tuple(settings.TEMPLATES)
    assert said(installation.check_context_processor) == []
