"""A follower as the browser of its clinic's editor posts it from the Wagtail edit view."""

from html import unescape

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from clinicsite.library.equality import fingerprint
from clinicsite.library.sections import section_from_base
from tests.library.pages import fresh

#: The lists below a page, as the edit view posts them without a row.
NO_ROWS = {"comments": inline_formset([]), "evidence_statements": inline_formset([])}


def edit_address(page):
    """The page's edit view."""
    return f"/admin/pages/{page.pk}/edit/"


def form_data(page, **changes):
    """Everything the edit view's form posts, without the clinic's own versions of sections."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "summary-source": "library",
        "alternate_names-source": "library",
        "sections": stream(draft_of(page).sections.raw_data),
        **NO_ROWS,
    }
    return nested_form_data(fields | changes)


def stream(raw):
    """Stored sections as the form of their stream posts them, with one text each."""
    blocks = {
        str(index): {
            "type": "section",
            "id": child["id"],
            "order": str(index),
            "deleted": "",
            "value": {
                "kind": child["value"]["kind"],
                "heading": child["value"]["heading"],
                "body": text(_words(child["value"]["body"])),
            },
        }
        for index, child in enumerate(raw)
    }
    return {"count": str(len(blocks)), **blocks}


def _words(body):
    return body[0]["value"].removeprefix("<p>").removesuffix("</p>") if body else ""


def text(words):
    """A body of one paragraph, or of none."""
    blocks = [{"type": "paragraph", "value": rich_text(f"<p>{words}</p>"), "order": "0", "deleted": ""}]
    return {"count": "1", "0": blocks[0]} if words else {"count": "0"}


def own_words(page, section_id, heading, words, *, reason=None, **changes):
    """What the browser posts for a section of the clinic's own; its reason as it stands, without another."""
    record = record_on(page, section_id)
    if reason is None:
        reason = record.reason if record else ""
    fields = {"heading": heading, "body": text(words), "reason": reason}
    seen = fingerprint(section_from_base(section_id, record.base)) if record else ""
    return nested_form_data({f"override-{section_id}": fields | {"seen": seen} | changes})


def draft_of(page):
    """The newest draft of a page."""
    return fresh(page).get_latest_revision_as_object()


def record_on(page, section_id):
    """The override in the newest draft of a page, or None."""
    records = draft_of(page).clinicsite_section_overrides.all()
    return next((one for one in records if one.section_id == section_id), None)


def words_of(record):
    """The plain words of an override's first paragraph."""
    return record.body[0].value.source if len(record.body) else ""


def message_of(response):
    """What the admin says at the top of the page a response leads to."""
    return unescape(" ".join(str(message) for message in response.context["messages"]))
