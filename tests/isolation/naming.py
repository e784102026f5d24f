"""Crafted posts: a form of one clinic's that names a thing by its key, for every kind of field there is."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from wagtail.blocks.base import get_error_json_data
from wagtail.documents import get_document_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from clinicsite.clinics.models import ClinicSettings
from clinicsite.modalities.models import OwnReference
from tests.clinics.test_settings_permission import form_of as settings_form
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
)
from tests.factories.media import ImageFactory
from tests.factories.pages import StandardPageFactory

#: A key that nothing has.
NEVER_GIVEN = 987654
NO_COMMENTS = {"comments": inline_formset([])}


@dataclass
class Things:
    """What a clinic, the library or nobody has of each kind that can be named."""

    picture: object
    document: object
    page: object
    treatment: object
    condition: object
    practitioner: object
    paper: object


def document_in(collection, title="Intake form"):
    """A stored document."""
    file = ContentFile(b"%PDF-1.4\n%%EOF\n", name="form.pdf")
    return get_document_model().objects.create(title=title, file=file, collection=collection)


def things_of(clinic, word):
    """One thing of each kind of a clinic's, with a word in its title."""
    treatments = ModalityIndexPageFactory(parent=clinic.home)
    conditions = ConditionIndexPageFactory(parent=clinic.home)
    team = PractitionerIndexPageFactory(parent=clinic.home)
    return Things(
        ImageFactory(title=f"{word} picture", alt_text=f"{word} words", collection=clinic.collection),
        document_in(clinic.collection, f"{word} document"),
        StandardPageFactory(parent=clinic.home, title=f"{word} page"),
        ModalityPageFactory(parent=treatments, title=f"{word} treatment"),
        ConditionPageFactory(parent=conditions, title=f"{word} condition"),
        PractitionerPageFactory(parent=team, title=f"{word} person"),
        OwnReference.objects.create(
            site=clinic.site, title=f"{word} paper", authors="Oak, W", year=2019, url="https://oak.example/"
        ),
    )


@dataclass
class Pages:
    """The pages of a clinic that are edited, one of each type with fields of its own."""

    standard: object
    home: object
    condition: object
    treatment: object
    practitioner: object
    post: object


def pages_of(clinic, own):
    """The pages of a clinic that are edited."""
    return Pages(
        StandardPageFactory(parent=clinic.home, title="About us"),
        clinic.home,
        ConditionPageFactory(parent=own.condition.get_parent(), title="Knee pain"),
        ModalityPageFactory(parent=own.treatment.get_parent(), title="Massage"),
        PractitionerPageFactory(parent=own.practitioner.get_parent(), title="Robin Vale"),
        BlogPageFactory(parent=BlogIndexPageFactory(parent=clinic.home), title="Winter"),
    )


def stream(*blocks):
    """Blocks as the form of a stream posts them."""
    placed = {
        str(number): {
            "type": kind,
            "id": f"00000000-0000-4000-8000-00000000000{number}",
            "order": str(number),
            "deleted": "",
            "value": value,
        }
        for number, (kind, value) in enumerate(blocks)
    }
    return {"count": str(len(placed)), **placed}


def body(kind, value):
    """Sections of one block."""
    return stream(("section", {"kind": "other", "heading": "Read this", "body": stream((kind, value))}))


def steps(words):
    """A list inside a block, with one entry."""
    entry = {"id": "step", "order": "0", "deleted": "", "value": {"title": "First", "text": words}}
    return {"items": {"count": "1", "0": entry}}


def page_link(key):
    return rich_text(f'<p>See <a linktype="page" id="{key}">this</a>.</p>')


def document_link(key):
    return rich_text(f'<p>See <a linktype="document" id="{key}">this</a>.</p>', features=["document-link"])


def citation(key):
    mark = f'<a linktype="clinicsite-own-citation" id="{key}">Oak 2019</a>'
    return rich_text(f"<p>Studied.{mark}</p>", features=["clinicsite-own-citation"])


def of_standard(page, **changes):
    return {"title": page.title, "slug": page.slug, "sections": stream(), **NO_COMMENTS, **changes}


def of_clinical(page, **changes):
    fields = {"summary": page.summary, "evidence_statements": inline_formset([])}
    return of_standard(page, **fields | changes)


def of_home(page, **changes):
    names = ("title", "slug", "hero_heading", "promise", "treatments_shown", "people_shown", "posts_shown")
    rows = ("comments", "featured_treatments", "featured_conditions", "suggested_results")
    fields = {name: getattr(page, name) for name in names} | {name: inline_formset([]) for name in rows}
    return {**fields, "introduction": rich_text(""), **changes}


def of_practitioner(page, **changes):
    texts = {"profession": "Physiotherapist", "biography": rich_text("<p>Hello.</p>"), "languages": "en"}
    return {"title": page.title, "slug": page.slug, **texts, **NO_COMMENTS, **changes}


def of_post(page, **changes):
    rows = {"related_posts": inline_formset([])}
    return of_standard(page, **{"summary": "A post.", "date": "2026-05-01", **rows, **changes})


def picture(key):
    return {"image": key, "alt": "", "caption": ""}


def video(key):
    return {"url": "https://vimeo.com/123456", "title": "Stretches", "length": "", "poster": key}


def said_of(key):
    row = {"condition": key, "strength": "unknown", "statement": "Nobody knows.", "reference": ""}
    return {"evidence_statements": inline_formset([row])}


#: Kind of field -> (the page, what is posted of it, the kind of thing, what is posted for its key).
KINDS = {
    "picture": ("standard", of_standard, "picture", lambda key: {"hero_image": key}),
    "picture in a block": (
        "standard",
        of_standard,
        "picture",
        lambda key: {"sections": body("picture", picture(key))},
    ),
    "still picture of a video": (
        "standard",
        of_standard,
        "picture",
        lambda key: {"sections": body("video", video(key))},
    ),
    "picture in a section": (
        "condition",
        of_clinical,
        "picture",
        lambda key: {"sections": body("picture", picture(key))},
    ),
    "portrait": ("practitioner", of_practitioner, "picture", lambda key: {"portrait": key}),
    "link in a text": ("home", of_home, "page", lambda key: {"introduction": page_link(key)}),
    "link in a block": (
        "standard",
        of_standard,
        "page",
        lambda key: {"sections": body("paragraph", page_link(key))},
    ),
    "link in a list of a section": (
        "condition",
        of_clinical,
        "page",
        lambda key: {"sections": body("steps", steps(page_link(key)))},
    ),
    "document in a block": (
        "standard",
        of_standard,
        "document",
        lambda key: {"sections": body("paragraph", document_link(key))},
    ),
    "paper of one's own in a block": (
        "standard",
        of_standard,
        "paper",
        lambda key: {"sections": body("paragraph", citation(key))},
    ),
    "page in a field": ("condition", of_clinical, "practitioner", lambda key: {"reviewed_by": key}),
    "page in a row": (
        "home",
        of_home,
        "treatment",
        lambda key: {"featured_treatments": inline_formset([{"page": key}])},
    ),
    "page that the search suggests": (
        "home",
        of_home,
        "page",
        lambda key: {"suggested_results": inline_formset([{"page": key, "words": "fees"}])},
    ),
    "page of which a row says something": ("treatment", of_clinical, "condition", said_of),
    "ticked page": ("practitioner", of_practitioner, "treatment", lambda key: {"modalities": [key]}),
    "author of a post": ("post", of_post, "practitioner", lambda key: {"authors": [key]}),
}


def form_for(kind, pages, key):
    """(page, what the browser posts) for a kind of field that names a key."""
    page_name, fields, _thing, changes = KINDS[kind]
    page, posted = getattr(pages, page_name), changes(key)
    ticked = {name: posted.pop(name) for name in list(posted) if isinstance(posted[name], list)}
    return page, nested_form_data(fields(page, **posted)) | ticked


def thing_for(kind, things):
    """The thing that this kind of field can name."""
    return getattr(things, KINDS[kind][2])


def setting_form(clinic, **changes):
    """(address, what the browser posts) of a clinic's settings."""
    ClinicSettings.objects.get(site=clinic.site)
    return (
        f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/",
        settings_form(clinic, **changes),
    )


def errors_of(form):
    """What somebody reads of the mistakes in a form, and where; answers are compared by it."""
    found = {name: [_said(one) for one in form.errors[name].as_data()] for name in form.errors}
    rows = getattr(form, "formsets", {})
    for name, formset in rows.items():
        found[name] = [errors_of(row) for row in formset.forms]
    return found


def _said(error):
    return get_error_json_data(error)
