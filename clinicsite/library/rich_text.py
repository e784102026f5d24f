"""What the library adds to the rich-text editor: tokens, and links between its pages that are whole.

The stored text has a token as it is written, `{phone}`: the editor offers it in a menu and shows a chip.
"""

from django.urls import reverse

from clinicsite.clinics.tenancy.naming import is_address_met
from clinicsite.core import wagtail_private
from clinicsite.core.conf import conf
from clinicsite.library.links import followable
from clinicsite.library.tokens.names import FEATURE, LINK_TOKENS, TOKENS

TYPE = "CLINICSITE_TOKEN"


def token_plugin():
    """The menu (a source of the editor, so that it is in the toolbar and after “/”) and the chips."""
    tokens = [
        {"name": name, "meaning": meaning, "linkWords": LINK_TOKENS.get(name)}
        for name, meaning in TOKENS.items()
    ]
    menu = {"type": TYPE, "icon": "placeholder", "description": "Insert a token", "tokens": tokens}
    chips = {"type": TYPE, "props": {"meanings": TOKENS}}
    options = {"entityTypes": [menu], "decorators": [chips]}
    return wagtail_private.editor_plugin(
        options, ["clinicsite/js/admin/tokens.js"], {"all": ["clinicsite/css/admin/tokens.css"]}
    )


def made_whole(link: dict) -> dict:
    """What the editor is told of a link to a page; a library page has no address, yet the link is whole.

    A neighbour's page, from before forms refused one, is as one that has gone.
    """
    if link["url"] and not is_address_met(link["url"]):
        return {**link, "url": None, "parentId": None}
    if link["url"] is None and followable([link["id"]], live=True):
        screen = reverse("clinicsite_library:preview_choose", urlconf=conf.admin_urlconf, args=[link["id"]])
        return {**link, "url": screen}
    return link


def register(features):
    """Add tokens to the features that rich text fields may name, and show links to library pages as whole."""
    features.register_editor_plugin("draftail", FEATURE, token_plugin())
    features.register_converter_rule("contentstate", "link", wagtail_private.link_rule(made_whole))
