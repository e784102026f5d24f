"""What is written all the time and stands on no page: sessions, tasks, logs and indexes.

Each app that has more of the kind says so itself. A page that reads one of these all the same is not kept.
"""

from django.apps import apps
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    ReferenceIndex,
)

from clinicsite.core import page_reading
from clinicsite.core.page_cache.owners import register_unread

#: Apps of which no page reads a table, by their labels; those a project has not installed do no harm.
APPS = (
    "account",
    "admin",
    "django_tasks_database",
    "mfa",
    "sessions",
    "usersessions",
    "wagtailadmin",
    "wagtailsearch",
    "wagtailusers",
)


def register() -> None:
    """Say it for what Django, Wagtail and allauth write."""
    # The full text of SQLite, which is no model's.
    page_reading.UNREAD.add("wagtailsearch_indexentry_fts")
    register_unread(Comment, CommentReply, ModelLogEntry, PageLogEntry, PageSubscription, ReferenceIndex)
    for label in APPS:
        if label in apps.app_configs:
            register_unread(*apps.get_app_config(label).get_models(include_auto_created=True))
