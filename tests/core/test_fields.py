"""Blocks stay out of migrations."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter
from wagtail import blocks
from wagtail.fields import StreamField

from clinicsite.core.fields import ContentField, WebAddressField
from tests.factories import ModalityPageFactory, section

OUR_APPS = [
    config for config in apps.get_app_configs() if Path(config.path).is_relative_to(settings.BASE_DIR)
]
OUR_APPS = [config for config in OUR_APPS if "site-packages" not in config.path]


def migrated_fields():
    """Every StreamField of the project's migrations."""
    labels = {config.label for config in OUR_APPS}
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        if label in labels:
            for operation in migration.operations:
                pairs = getattr(operation, "fields", None) or [("", getattr(operation, "field", None))]
                yield from ((label, name, field) for _, field in pairs if isinstance(field, StreamField))


def test_no_migration_of_ours_holds_a_block_definition():
    found = list(migrated_fields())
    assert found
    for label, name, field in found:
        assert isinstance(field, ContentField), (label, name)
        assert list(field.stream_block.child_blocks) == [], (label, name)


def test_changing_a_block_changes_nothing_a_migration_would_see():
    before = ContentField([("words", blocks.CharBlock(help_text="Once"))], blank=True)
    after = ContentField([("words", blocks.TextBlock()), ("more", blocks.CharBlock())], blank=True)
    assert before.deconstruct() == after.deconstruct()
    written, _imports = MigrationWriter.serialize(before)
    assert "block" not in written
    assert "blank=True" in written


@pytest.mark.django_db
def test_stored_sections_come_back_as_they_were():
    stored = [section("One", "First."), section("Two", "Second.")]
    page = ModalityPageFactory(sections=stored)
    read = type(page).objects.get(pk=page.pk).sections
    assert [child.id for child in read] == [child["id"] for child in stored]
    assert [child.value["heading"] for child in read] == ["One", "Two"]


@pytest.mark.django_db
def test_an_address_that_no_browser_opens_is_refused(clinic):
    settings = clinic.settings
    for address in ("ftp://files.example/", "ftps://files.example/"):
        settings.booking_url = address
        with pytest.raises(ValidationError, match="Write the address of a web page"):
            settings.full_clean()
    settings.booking_url = "https://book.example/"
    settings.full_clean()


def test_every_address_of_a_web_page_is_such_a_field():
    fields = [
        field
        for model in apps.get_models()
        if model._meta.app_label.startswith("clinicsite_")
        for field in model._meta.local_fields
        if isinstance(field, models.URLField)
    ]
    assert len(fields) >= 6
    assert [str(field) for field in fields if not isinstance(field, WebAddressField)] == []
