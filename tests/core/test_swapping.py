"""Migrations hold in a project with any image model."""

import pytest
from django.db import models

from clinicsite.core.fields import PictureField
from clinicsite.core.swapping import image_model_migration, migration_making


def test_the_migration_that_makes_a_model_is_found_wherever_it_stands_in_its_app():
    assert migration_making("wagtailimages.Image") == ("wagtailimages", "0001_initial")
    assert migration_making("wagtailimages.Rendition") == ("wagtailimages", "0001_initial")
    assert migration_making("wagtailcore.Workflow") == ("wagtailcore", "0047_add_workflow_models")
    assert migration_making("clinicsite_media.customimage") == ("clinicsite_media", "0001_initial")


def test_a_model_that_no_migration_makes_leads_to_the_first_of_its_app():
    assert migration_making("wagtailimages.Nothing") == ("wagtailimages", "__first__")


def test_an_app_without_migrations_leads_to_its_first(settings):
    settings.MIGRATION_MODULES = {"wagtailimages": None}
    assert migration_making("wagtailimages.Image") == ("wagtailimages", "__first__")


def test_an_app_whose_migrations_are_about_to_be_made_leads_to_its_first(settings):
    settings.MIGRATION_MODULES = {"wagtailimages": "wagtail.images.not_made_yet"}
    assert migration_making("wagtailimages.Image") == ("wagtailimages", "__first__")


@pytest.mark.parametrize("model", ["wagtailimages.Image", "clinicsite_media.CustomImage"])
def test_a_picture_field_is_the_same_in_a_migration_whatever_the_image_model(settings, model):
    settings.WAGTAILIMAGES_IMAGE_MODEL = model
    field = PictureField(verbose_name="picture", help_text="On top.")
    assert field.remote_field.model == model
    assert field.deconstruct()[1:] == (
        "clinicsite.core.fields.PictureField",
        [],
        {"verbose_name": "picture", "help_text": "On top."},
    )
    assert (field.null, field.blank, field.remote_field.on_delete) == (True, True, models.SET_NULL)
    assert image_model_migration()[0] == model.split(".")[0].lower()
