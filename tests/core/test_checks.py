"""Each house rule fails on a class that breaks it, and holds for the project."""

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Collection, Page, Site
from wagtail.models import pages as wagtail_pages
from wagtail.snippets import models as wagtail_snippets

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core import checks
from clinicsite.core.fields import ContentField
from clinicsite.core.models import BasePage


@pytest.fixture
def registry(monkeypatch):
    """A registry of models that the checks read in place of the project's; pages join and leave with it."""
    monkeypatch.setattr(wagtail_pages, "PAGE_MODEL_CLASSES", [])
    with isolate_apps("clinicsite.home") as isolated:
        monkeypatch.setattr(checks, "apps", isolated)
        yield isolated


def model(name, **fields):
    """A model with these fields, in the registry of the moment."""
    meta = type("Meta", (), {"app_label": "clinicsite_home"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def ids(errors):
    return [error.id for error in errors]


def test_the_project_keeps_its_house_rules():
    assert run_checks(tags=["clinicsite"]) == []


def test_a_page_type_that_skips_base_page_fails(registry):
    class BarePage(Page):
        page_description = "A page."

        class Meta:
            app_label = "clinicsite_home"

    (error,) = checks.check_page_types(None)
    assert (error.id, error.obj, error.hint) == ("clinicsite.E001", BarePage, "Derive from BasePage.")


def test_a_page_type_without_a_description_fails(registry):
    class SilentPage(BasePage):
        class Meta:
            app_label = "clinicsite_home"

    (error,) = checks.check_page_types(None)
    assert (error.id, error.obj) == ("clinicsite.E002", SilentPage)
    assert error.hint == "Say in one sentence what an editor uses it for."


def test_a_page_type_of_the_house_passes(registry):
    class GoodPage(BasePage):
        page_description = "A page for good things."

        class Meta:
            app_label = "clinicsite_home"

    assert GoodPage in wagtail_pages.get_page_models()
    assert checks.check_page_types(None) == []


def test_a_plain_stream_field_fails_and_a_content_field_passes(registry):
    plain = model("Plain", body=StreamField([("words", blocks.CharBlock())]))
    model("Kept", body=ContentField([("words", blocks.CharBlock())]))
    (error,) = checks.check_content_fields(None)
    assert (error.id, error.obj, error.hint) == ("clinicsite.E003", plain, "Use ContentField.")


def block_class(**missing):
    """A block with everything the house asks for, but without what is named."""
    options = {
        "label": "Words",
        "icon": "pilcrow",
        "description": "A few words.",
        "template": "clinicsite/blocks/words.html",
        "preview_value": "Hello",
    }
    options = {name: value for name, value in options.items() if name not in missing}
    meta = type("Meta", (), options)
    return type("WordsOfOursBlock", (blocks.CharBlock,), {"Meta": meta, "__module__": __name__})


def errors_for(block):
    model("Written", body=ContentField([("words", block)]))
    return checks.check_blocks(None)


@pytest.mark.parametrize("name", ["label", "icon", "description", "template", "preview_value"])
def test_a_block_that_lacks_something_fails_and_is_told_what(registry, name):
    (error,) = errors_for(block_class(**{name: True})())
    assert error.id == "clinicsite.E004"
    assert error.msg == f"WordsOfOursBlock has no {name}."


def test_a_whole_block_passes(registry):
    assert errors_for(block_class()()) == []


def test_a_block_is_found_however_deep_it_lies(registry):
    inner = blocks.StructBlock([("words", blocks.ListBlock(block_class(icon=True)()))])
    assert ids(errors_for(blocks.StreamBlock([("inner", inner)]))) == ["clinicsite.E004"]


def test_wagtails_own_blocks_are_not_ours_to_judge(registry):
    assert errors_for(blocks.CharBlock()) == []


@pytest.mark.parametrize("owner", [Site, Collection, ClinicSettings, None])
def test_a_snippet_that_belongs_to_a_clinic_fails(registry, monkeypatch, owner):
    fields = {"owner": models.ForeignKey(owner, on_delete=models.CASCADE, related_name="+")} if owner else {}
    note = model("Note", text=models.TextField(), **fields)
    monkeypatch.setattr(wagtail_snippets, "SNIPPET_MODELS", [note])
    assert ids(checks.check_snippets(None)) == (["clinicsite.E005"] if owner else [])


def test_what_a_project_around_us_has_is_its_own_to_judge(registry, monkeypatch):
    """A page type, a field, a block and a snippet of a project's app that break every rule of the house."""

    class Meta:
        app_label = "host"

    block = type("BareBlock", (blocks.CharBlock,), {"__module__": "host.blocks"})
    body = StreamField([("words", block())])
    owner = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    type("HostPage", (Page,), {"__module__": __name__, "Meta": Meta, "body": body})
    note = type("HostNote", (models.Model,), {"__module__": __name__, "Meta": Meta, "owner": owner})
    monkeypatch.setattr(wagtail_snippets, "SNIPPET_MODELS", [note])
    every = (checks.check_page_types, checks.check_content_fields, checks.check_blocks, checks.check_snippets)
    assert [error for check in every for error in check(None)] == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"AGENCY_HOST": "admin.clinics.example", "SECURITY_CONTACT": None}, []),
        ({"AGENCY_HOSTS": "admin.clinics.example"}, ["clinicsite.E006"]),
        ({"MAINTENANCE": "no"}, ["clinicsite.E007"]),
        ({"TRUSTED_PROXY_COUNT": "1"}, ["clinicsite.E007"]),
        ({"TRUSTED_PROXY_COUNT": True}, ["clinicsite.E007"]),
        ({"TRUSTED_PROXY_COUNT": 1, "MAINTENANCE": True}, []),
        ({"EXTRA_SOURCES": {"img-src": ["https://media.example"]}}, []),
        ({"EXTRA_SOURCES": {"img-src": "https://media.example"}}, ["clinicsite.E007"]),
        ({"EXTRA_SOURCES": {"img-src": [1]}}, ["clinicsite.E007"]),
    ],
)
def test_a_settings_key_that_is_misspelt_or_of_another_kind_is_told(settings, given, expected):
    settings.CLINICSITE = given
    assert ids(checks.check_settings(None)) == expected
