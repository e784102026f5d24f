"""What all settings share. Values that differ between installs come from the environment alone."""

import os
from pathlib import Path

from clinicsite import plugin
from clinicsite.settings import environment, parts, services

ENVIRONMENT = environment.read(os.environ)

PACKAGE_DIR = Path(__file__).resolve().parents[1]
IS_CHECKOUT = (PACKAGE_DIR.parent / "manage.py").is_file()
# A project made by `clinicsite start` names its own folder in the same way.
vars().update(parts.in_folder(ENVIRONMENT, PACKAGE_DIR.parent if IS_CHECKOUT else Path.cwd()))

# Start-up and addresses

DEBUG = False
SECRET_KEY = ENVIRONMENT["SECRET_KEY"]
#: The product's own settings; docs/reference/settings.md lists them.
CLINICSITE = {
    "AGENCY_HOST": ENVIRONMENT["AGENCY_HOST"],
    "AGENCY_NAME": ENVIRONMENT["AGENCY_NAME"],
    "ARCHIVE_FOLDER": ENVIRONMENT["ARCHIVE_FOLDER"],
    "EXTRA_SOURCES": services.extra_sources(ENVIRONMENT),
    "MAINTENANCE": ENVIRONMENT["MAINTENANCE"],
    "PAGE_CACHE": ENVIRONMENT["PAGE_CACHE"],
    "PAGE_CACHE_FOLDER": ENVIRONMENT["PAGE_CACHE_FOLDER"] or "",
    "SECURITY_CONTACT": ENVIRONMENT["SECURITY_CONTACT"],
    "TRUSTED_PROXY_COUNT": ENVIRONMENT["TRUSTED_PROXY_COUNT"],
}
if ENVIRONMENT["SECOND_FACTOR"]:
    CLINICSITE["SECOND_FACTOR"] = ENVIRONMENT["SECOND_FACTOR"]
ALLOWED_HOSTS = [*ENVIRONMENT["ALLOWED_HOSTS"], ENVIRONMENT["AGENCY_HOST"]]
#: Addresses on the agency's host; clinics' hosts have `clinicsite.urls`.
ROOT_URLCONF = "clinicsite.agency_urls"
WSGI_APPLICATION = "clinicsite.wsgi.application"
LOGIN_URL = "wagtailadmin_login"
if ENVIRONMENT["TRUSTED_PROXY_COUNT"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = plugin.apps(
    [
        "clinicsite.media",
        "clinicsite.users",
        *parts.SIGN_IN_APPS,
        "wagtail.embeds",
        "wagtail.sites",
        "clinicsite.clinics.apps.ClinicUsersConfig",
        "wagtail.documents",
        "wagtail.images",
        "wagtail.search",
        "wagtail.admin",
        "wagtail",
        "modelcluster",
        "taggit",
        "django_filters",
        "django_tasks_db",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "whitenoise.runserver_nostatic",
        "django.contrib.staticfiles",
    ]
)

MIDDLEWARE = plugin.middleware(
    [
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
)
MIDDLEWARE = parts.with_sign_in(MIDDLEWARE)

TEMPLATES = plugin.templates(
    [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.debug",
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        },
    ]
)

# Data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = services.caches(ENVIRONMENT)
TASKS = services.tasks(ENVIRONMENT)
# A page with many sections posts one form field for each part of each block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# People and sessions

AUTH_USER_MODEL = "clinicsite_users.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
vars().update(parts.SIGN_IN)
# A session ends after a working day without use.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
# Nobody shows our pages in a frame. Wagtail itself allows its own origin where the editor shows a preview.
X_FRAME_OPTIONS = "DENY"

# E-mail and logs

vars().update(ENVIRONMENT["EMAIL_URL"])
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT["DEFAULT_FROM_EMAIL"]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
LOGGING = services.logging(ENVIRONMENT["LOG_LEVEL"])

# Files

STATIC_URL = "/static/"
MEDIA_URL = ENVIRONMENT["MEDIA_URL"]
STORAGES = {
    "default": services.media_storage(ENVIRONMENT),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Language and time

LANGUAGE_CODE = "en-ca"
TIME_ZONE = "America/Toronto"
USE_I18N = True
USE_TZ = True

# Wagtail

WAGTAIL_SITE_NAME = ENVIRONMENT["AGENCY_NAME"]
WAGTAILADMIN_BASE_URL = ENVIRONMENT["WAGTAILADMIN_BASE_URL"]
WAGTAIL_I18N_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "clinicsite_media.CustomImage"
# A telephone's own format among them; what is stored of it is a JPEG.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "clinicsite.core.pictures.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
# A picture of a few kilobytes can unpack to gigabytes. Telephones make up to 50 million pixels, for which
# memory has to be there for a moment: see docs/reference/settings.md. What is stored is smaller.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 51_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "clinicsite_media.CustomDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "clinicsite.core.documents.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "txt", "csv"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# Serving documents ourselves keeps a private collection private, wherever the files are.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# The admin asks no third party for anything: no portraits, no news, no version check.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
