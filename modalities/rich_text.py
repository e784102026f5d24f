"""The citation entities: from the editor's chip to a stored link to a reference, and back.

One cites the library's references, the other a paper that the clinic itself has brought.
"""

from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler

from clinicsite.clinics.tenancy.scope import person_at_work
from clinicsite.core.rendering import OWN, key_or_none
from clinicsite.modalities.models.own_references import OwnReference
from clinicsite.modalities.models.references import Reference

FEATURE, OWN_FEATURE = "clinicsite-citation", "clinicsite-own-citation"
ENTITY, OWN_ENTITY = "CLINICSITE_CITATION", "CLINICSITE_OWN_CITATION"
GONE = "This reference is no longer there"


class CitationHandler(LinkHandler):
    """A citation is stored as a link to a reference; printing turns it into a numbered mark."""

    identifier = FEATURE
    prefix = ""

    @staticmethod
    def get_model():
        return Reference

    @classmethod
    def expand_db_attributes(cls, attrs):
        reference_id = key_or_none(attrs.get("id"))
        return "<a>" if reference_id is None else f'<a data-citation="{cls.prefix}{reference_id}">'

    @classmethod
    def extract_references(cls, attrs):
        """Say that the page uses the reference, so that nobody deletes it unwarned."""
        reference_id = key_or_none(attrs.get("id"))
        if reference_id is not None:
            yield cls.get_model(), str(reference_id), "", ""


class OwnCitationHandler(CitationHandler):
    """The same for a paper that the clinic itself has brought."""

    identifier = OWN_FEATURE
    prefix = OWN

    @staticmethod
    def get_model():
        return OwnReference


class CitationElementHandler(InlineEntityElementHandler):
    """From the stored link to the editor's chip."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs):
        reference_id = attrs.get("id", "")
        reference = self.references().filter(pk=key_or_none(reference_id)).first()
        return {"id": reference_id, "title": str(reference or GONE)}

    def references(self):
        """Those that may be named."""
        return Reference.objects.all()


class OwnCitationElementHandler(CitationElementHandler):
    """The same for the clinic's own: another clinic's is as if it were not there."""

    def references(self):
        return OwnReference.objects.met_by(person_at_work.get())


def _stored_as(feature):
    """From the editor's chip to the stored link."""

    def citation(props):
        return DOM.create_element("a", {"linktype": feature, "id": props.get("id")}, props["children"])

    return citation


def register(features):
    """Add the citations to the features that rich text fields may name."""
    features.register_link_type(CitationHandler)
    features.register_link_type(OwnCitationHandler)
    library = reverse_lazy("wagtailsnippetchoosers_clinicsite_modalities_reference:choose")
    _register(features, FEATURE, ENTITY, "Cite a reference", "openquote", library, CitationElementHandler)
    own, words = reverse_lazy("clinicsite_own_reference_chooser:choose"), "Cite a paper of your own"
    _register(features, OWN_FEATURE, OWN_ENTITY, words, "clipboard-list", own, OwnCitationElementHandler)


def _register(features, feature, entity, description, icon, chooser, handler):
    options = {
        "type": entity,
        "icon": icon,
        "description": description,
        "attributes": ["id", "title"],
        "chooserUrls": {"referenceChooser": chooser},
    }
    scripts = ["wagtailadmin/js/chooser-modal.js", "clinicsite/js/admin/citation.js"]
    features.register_editor_plugin("draftail", feature, EntityFeature(options, js=scripts))
    rule = {
        "from_database_format": {f'a[linktype="{feature}"]': handler(entity)},
        "to_database_format": {"entity_decorators": {entity: _stored_as(feature)}},
    }
    features.register_converter_rule("contentstate", feature, rule)
