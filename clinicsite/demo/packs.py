"""The starter packs of the demo's library."""

from clinicsite.demo import data
from clinicsite.demo.library import DemoLibrary
from clinicsite.demo.records import make_once
from clinicsite.library.models import StarterPack, StarterPackRow

#: What a pack's data call a kind of page -> what the library's do.
KINDS = {"treatments": "modalities", "conditions": "conditions", "posts": "posts"}


def build_packs(library: DemoLibrary) -> None:
    """Make each pack once; what its editors have made of it since stays."""
    for entry in data.packs():
        make_once(f"library/pack/{entry['name']}", lambda entry=entry: _pack(entry, library))


def _pack(entry, library):
    pages = [library.page(KINDS[kind], slug) for kind in KINDS for slug in entry[kind]]
    pack = StarterPack(name=entry["name"], description=entry["description"])
    pack.rows = [StarterPackRow(page=page) for page in pages]
    pack.full_clean()
    pack.save()
    return pack
