import shutil

import pytest
from django.test import override_settings


@pytest.fixture(scope="module")
def demo(built_demo, databases, django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the built demo, files included, to work on until the module ends."""
    media = tmp_path_factory.mktemp("demo-media")
    with django_db_blocker.unblock():
        built_demo.use()
    shutil.copytree(built_demo.media, media, dirs_exist_ok=True)
    with override_settings(MEDIA_ROOT=media):
        yield
    with django_db_blocker.unblock():
        databases.use_migrated()
