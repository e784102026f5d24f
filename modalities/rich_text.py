"""The citation entity: from the editor's chip to a stored link to a reference, and back."""

from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler

from clinicsite.core.rendering import key_or_none
from clinicsite.modalities.models.references import Reference

FEATURE = "clinicsite-citation"
ENTITY = "CLINICSITE_CITATION"


class CitationHandler(LinkHandler):
    """A citation is stored as a link to a reference; printing turns it into a numbered mark."""

    identifier = FEATURE

    @staticmethod
    def get_model():
        return Reference

    @classmethod
    def expand_db_attributes(cls, attrs):
        reference_id = key_or_none(attrs.get("id"))
        return "<a>" if reference_id is None else f'<a data-citation="{reference_id}">'

    @classmethod
    def extract_references(cls, attrs):
        """Say that the page uses the reference, so that nobody deletes it unwarned."""
        reference_id = key_or_none(attrs.get("id"))
        if reference_id is not None:
            yield cls.get_model(), str(reference_id), "", ""


class CitationElementHandler(InlineEntityElementHandler):
    """From the stored link to the editor's chip."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs):
        reference_id = attrs.get("id", "")
        known = key_or_none(reference_id)
        reference = Reference.objects.filter(pk=known).first()
        return {"id": reference_id, "title": str(reference or "This reference is no longer there")}


def citation_entity(props):
    """From the editor's chip to the stored link."""
    return DOM.create_element(
        "a", {"linktype": "clinicsite-citation", "id": props.get("id")}, props["children"]
    )


def register(features):
    """Add the citation to the features that rich text fields may name."""
    features.register_link_type(CitationHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": "Cite a reference",
                "attributes": ["id", "title"],
                "chooserUrls": {
                    "referenceChooser": reverse_lazy(
                        "wagtailsnippetchoosers_clinicsite_modalities_reference:choose"
                    )
                },
            },
            js=["wagtailadmin/js/chooser-modal.js", "clinicsite/js/admin/citation.js"],
        ),
    )
    rule = {
        "from_database_format": {'a[linktype="clinicsite-citation"]': CitationElementHandler(ENTITY)},
        "to_database_format": {"entity_decorators": {ENTITY: citation_entity}},
    }
    features.register_converter_rule("contentstate", FEATURE, rule)
