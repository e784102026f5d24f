from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from clinicsite.library.models.packs import StarterPack
from clinicsite.library.models.synonyms import SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    """Words that mean the same in every clinic's search; the agency's and the library's to keep."""

    model = SynonymGroup
    icon = "openquote"
    menu_label = "Search words"
    menu_name = "clinicsite-search-words"
    menu_order = 255
    add_to_admin_menu = True
    list_display = [
        "first_phrase",
        Column("other_phrases", label="Means the same"),
        Column("narrower_on_a_line", label="Leads here"),
    ]


class StarterPackViewSet(SnippetViewSet):
    """Named sets of library pages that a new clinic begins with; the agency's and the library's to keep."""

    model = StarterPack
    icon = "list-ul"
    menu_label = "Starter packs"
    menu_name = "clinicsite-starter-packs"
    menu_order = 256
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("description", label="For"),
        Column("version", label="Version"),
        Column("missing_on_a_line", label="Not published now"),
    ]
