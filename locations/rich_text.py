"""People whom a running text names: from the editor's chip to a stored link, and what patients see of it.

A practitioner of the clinic is shown with portrait, name as it is today, and profession, and leads to the
page about them. Of one who has left, or is none of this clinic's, the name stays as it was written.
"""

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.models import Site
from wagtail.rich_text import LinkHandler

from clinicsite.core.querysets import listed
from clinicsite.core.rendering import key_or_none
from clinicsite.locations.models import PractitionerPage

FEATURE = "clinicsite-person"
ENTITY = "CLINICSITE_PERSON"


def people_shown(page_ids: set[int], site: Site) -> dict[int, str]:
    """{page id: markup} of a clinic's practitioners; two queries, however many there are."""
    of_clinic = PractitionerPage.objects.descendant_of(site.root_page)
    people = list(listed(of_clinic, site.root_page).filter(pk__in=page_ids).select_related("portrait"))
    prefetch_related_objects([one.portrait for one in people if one.portrait], "renditions")
    template = "clinicsite/components/person_chip.html"
    return {one.pk: render_to_string(template, {"person": one}).strip() for one in people}


class PersonHandler(LinkHandler):
    """A person is stored as a link to their page, around their name."""

    identifier = FEATURE

    @staticmethod
    def get_model():
        return PractitionerPage

    @classmethod
    def expand_db_attributes(cls, attrs):
        page_id = key_or_none(attrs.get("id"))
        return "<a>" if page_id is None else f'<a data-person="{page_id}">'

    @classmethod
    def extract_references(cls, attrs):
        """Say that the text names the person, so that nobody deletes their page unwarned."""
        page_id = key_or_none(attrs.get("id"))
        if page_id is not None:
            yield cls.get_model(), str(page_id), "", ""


class PersonElementHandler(InlineEntityElementHandler):
    """From the stored link to the editor's chip, which shows the name that is stored with it."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs):
        return {"id": attrs.get("id", "")}


def person_entity(props):
    """From the editor's chip to the stored link."""
    return DOM.create_element("a", {"linktype": FEATURE, "id": props.get("id")}, props["children"])


def register(features):
    """Add the naming of people to the features that rich text fields may name."""
    features.register_link_type(PersonHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "user",
                "description": "Name a practitioner",
                "attributes": ["id"],
                "chooserUrls": {"peopleChooser": reverse_lazy("clinicsite_people_chooser:choose")},
            },
            js=["wagtailadmin/js/chooser-modal.js", "clinicsite/js/admin/person.js"],
        ),
    )
    rule = {
        "from_database_format": {f'a[linktype="{FEATURE}"]': PersonElementHandler(ENTITY)},
        "to_database_format": {"entity_decorators": {ENTITY: person_entity}},
    }
    features.register_converter_rule("contentstate", FEATURE, rule)
