"""Which pages of the library a new clinic follows: those its spec names, and those of its starter pack."""

from difflib import get_close_matches

from django.utils.functional import cached_property
from django.utils.text import slugify

from clinicsite.home.models import BlogPage
from clinicsite.library.joining.adding import published_in_library
from clinicsite.library.models import StarterPack
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.tree import in_library
from clinicsite.modalities.models import ConditionPage, ModalityPage

from .parts import ClinicSpec

#: Field of a spec -> (type of page, what patients call one). Conditions first: treatments name them.
KINDS = {
    "conditions": (ConditionPage, "condition"),
    "treatments": (ModalityPage, "treatment"),
    "posts": (BlogPage, "post"),
}
SEVERAL = "The library has several pages with this slug. Add the one you mean from the library, in the admin."


def pack_named(name: str) -> StarterPack | None:
    """A starter pack by its name, however its letters are written, or by its name as a slug."""
    packs = StarterPack.objects.order_by("pk")
    wanted = slugify(name)
    return next((pack for pack in packs if slugify(pack.name) == wanted), None)


class Following:
    """What one spec follows, in a fixed number of queries."""

    def __init__(self, spec: ClinicSpec):
        self.spec = spec

    @cached_property
    def pack(self) -> StarterPack | None:
        """The starter pack it names."""
        return pack_named(self.spec.pack) if self.spec.pack else None

    @cached_property
    def pages(self) -> list:
        """The library pages, each once: what the spec names in its order, then what the pack has besides."""
        found = {page.pk: page for kind in KINDS for page in self._named(kind)}
        order = [model for model, _noun in KINDS.values()]
        order += [model for model in shared_page_models() if model not in order]
        found |= {page.pk: page for page in self._packed if page.live and page.pk not in found}
        return sorted(found.values(), key=lambda page: order.index(type(page)))

    @property
    def notes(self) -> list[str]:
        """A sentence for each page of the pack that the library has taken down: the rest is made."""
        return [
            f"“{page.title}” of “{self.pack}” is not published in the library now. It was left out."
            for page in self._packed
            if not page.live
        ]

    def slugs(self, kind: str) -> set[str]:
        """The slugs of the pages of one kind, as the library has them."""
        model, _noun = KINDS[kind]
        return {page.slug for page in self.pages if type(page) is model}

    def faults(self):
        """(field, sentence) of each name that the library does not know."""
        if self.spec.pack and self.pack is None:
            yield "pack", self._no_pack()
        for kind, (model, noun) in KINDS.items():
            known = self._by_slug[kind]
            for number, slug in enumerate(getattr(self.spec, kind)):
                pages = known.get(slug, [])
                if len(pages) != 1:
                    yield f"{kind}[{number}]", SEVERAL if pages else _no_page(model, noun, slug)

    def _no_pack(self):
        names = list(StarterPack.objects.values_list("name", flat=True))
        known = f"There are: {', '.join(names)}." if names else "The library keeps none yet."
        return f"There is no starter pack “{self.spec.pack}”. {known}"

    @cached_property
    def _by_slug(self):
        """{kind: {slug: the published pages of the library}}."""
        found: dict[str, dict[str, list]] = {kind: {} for kind in KINDS}
        for kind, (model, _noun) in KINDS.items():
            wanted = getattr(self.spec, kind)
            for page in published_in_library(model).filter(slug__in=wanted) if wanted else ():
                found[kind].setdefault(page.slug, []).append(page)
        return found

    def _named(self, kind):
        return [page for slug in getattr(self.spec, kind) for page in self._by_slug[kind].get(slug, [])[:1]]

    @cached_property
    def _packed(self):
        """The pages of the pack, live or not; what has left the library is not among them."""
        if self.pack is None:
            return []
        ids = self.pack.rows.order_by("sort_order").values_list("page_id", flat=True)
        wanted = list(ids)
        pages = {
            page.pk: page
            for model in shared_page_models()
            for page in model.objects.filter(in_library(), pk__in=wanted)
        }
        return [pages[pk] for pk in wanted if pk in pages]


def _no_page(model, noun, slug):
    known = list(published_in_library(model).values_list("slug", flat=True))
    if not known:
        return f"The library has no {noun} yet."
    close = get_close_matches(slug, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"It has: {', '.join(sorted(known))}."
    return f"The library has no published {noun} “{slug}”. {hint}"
