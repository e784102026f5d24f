"""What the library adds to the rich-text editor: tokens, and links between its pages that are whole.

The stored text has a token as it is written, `{phone}`: the editor offers it in a menu and shows a chip.
"""

from django.conf import settings
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import Feature

from clinicsite.library.links import followable
from clinicsite.library.tokens.names import FEATURE, LINK_TOKENS, TOKENS

TYPE = "TOKEN"


class TokenFeature(Feature):
    """The menu (a source of the editor, so that it is in the toolbar and after “/”) and the chips."""

    def __init__(self):
        super().__init__(js=["js/admin/tokens.js"], css={"all": ["css/admin/tokens.css"]})

    def construct_options(self, options):
        tokens = [
            {"name": name, "meaning": meaning, "linkWords": LINK_TOKENS.get(name)}
            for name, meaning in TOKENS.items()
        ]
        menu = {"type": TYPE, "icon": "placeholder", "description": "Insert a token", "tokens": tokens}
        chips = {"type": TYPE, "props": {"meanings": TOKENS}}
        options.setdefault("entityTypes", []).append(menu)
        options.setdefault("decorators", []).append(chips)


class LibraryLinkElementHandler(PageLinkElementHandler):
    """From a stored page link to the editor's; one to a library page is whole, though it has no address."""

    def get_attribute_data(self, attrs):
        data = super().get_attribute_data(attrs)
        if data["url"] is None and followable([data["id"]], live=True):
            screen = "library_admin:preview_choose"
            data["url"] = reverse(screen, urlconf=settings.AGENCY_URLCONF, args=[data["id"]])
        return data


def register(features):
    """Add tokens to the features that rich text fields may name, and show links to library pages as whole."""
    features.register_editor_plugin("draftail", FEATURE, TokenFeature())
    rule = {
        "from_database_format": {
            "a[href]": ExternalLinkElementHandler("LINK"),
            'a[linktype="page"]': LibraryLinkElementHandler("LINK"),
        },
        "to_database_format": {"entity_decorators": {"LINK": link_entity}},
    }
    features.register_converter_rule("contentstate", "link", rule)
