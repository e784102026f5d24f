"""What only the demo's clinics have: sections and treatments of their own, posts, and a page about them."""

from datetime import date

from clinicsite.demo import data
from clinicsite.demo.clinics import DemoClinic
from clinicsite.demo.library import page_key
from clinicsite.demo.records import add_page, make_once
from clinicsite.home.models import (
    BlogIndexPage,
    BlogPage,
    ContactPage,
    FeaturedTreatment,
    RelatedPost,
    StandardPage,
)
from clinicsite.locations.models import LocationPage, PractitionerPage
from clinicsite.modalities.models import ConditionPage, ModalityIndexPage, ModalityPage

#: Type of page -> where the demo's own key of such a page says that it is.
FOLDERS = {
    ModalityPage: "treatments",
    ConditionPage: "conditions",
    LocationPage: "locations",
    PractitionerPage: "team",
    BlogPage: "blog",
}
#: Type of page -> how the demo's texts link to one.
WORDS = {ModalityPage: "own-modality", ConditionPage: "own-condition", PractitionerPage: "practitioner"}


class ClinicPages:
    """Adds to the pages of a clinic that has been made."""

    def __init__(self, clinic: DemoClinic, home):
        self.clinic, self.entry, self.home = clinic, clinic.entry, home
        self.posts = {}

    def build(self):
        """Note what is there, then add: each refers back."""
        self.pages = {model: self._noted(model) for model in FOLDERS}
        self._note_pictures()
        make_once(f"{self.clinic.key}/page/home", lambda: self.home)
        for entry in self.entry.get("treatments", []):
            self._follower(entry) if entry["follow"] else self._stand_alone(entry)
        self._feature()
        for slug, entry in data.posts(self.clinic.key).items():
            self._post(slug, entry)
        self._about()

    def _noted(self, model):
        """{slug: page} of one type, each recorded as the demo's."""
        pages = {page.slug: page for page in model.objects.descendant_of(self.home)}
        for slug, page in pages.items():
            make_once(f"{self.clinic.key}/page/{FOLDERS[model]}/{slug}", lambda page=page: page)
            if model in WORDS:
                self.clinic.targets.pages[WORDS[model], slug] = page.pk
        return pages

    def _note_pictures(self):
        """The pictures that the clinic was made with are the demo's, and not stored a second time."""
        key, settings = self.clinic.key, self.clinic.settings
        make_once(f"{key}/logo", lambda: settings.logo)
        make_once(f"{key}/picture/{self.entry['hero_picture']}", lambda: self.home.hero_image)
        for slug, person in self.pages[PractitionerPage].items():
            make_once(f"{key}/portrait/{slug}", lambda person=person: person.portrait)

    def _add(self, path, parent, page):
        """Add a page and give it its first revision, which need not be checked a third time."""
        added = add_page(f"{self.clinic.key}/page/{path}", parent, page)
        added.save_revision(clean=False).publish()
        return added

    def _follower(self, entry):
        """A clinic's own sections on a page that follows the library, and what it uses the treatment for."""
        slug = entry["modality"]
        page = self.pages[ModalityPage][slug]
        writer = self.clinic.writer(f"treatments/{slug}")
        library_sections = data.library("modalities")[slug]["sections"]
        page.sections = writer.additions(
            entry.get("sections", []), page_key("modalities", slug), library_sections
        )
        page.conditions = self._known(ConditionPage, entry.get("conditions", []))
        page.save_revision().publish()

    def _stand_alone(self, entry):
        page = ModalityPage(
            title=entry["title"],
            slug=entry["slug"],
            summary=entry["summary"],
            search_description=entry["search_description"],
            hero_image=self.clinic.picture(entry["picture"]),
            sections=self.clinic.writer(f"treatments/{entry['slug']}").sections(entry["sections"]),
        )
        page.conditions = self._known(ConditionPage, entry.get("conditions", []))
        parent = ModalityIndexPage.objects.child_of(self.home).get()
        added = self._add(f"treatments/{page.slug}", parent, page)
        self.pages[ModalityPage][page.slug] = added
        self.clinic.targets.pages["own-modality", page.slug] = added.pk

    def _feature(self):
        """The clinic's own treatments, on the pages of places and people, and on the front page."""
        for model, name in ((LocationPage, "offered_at"), (PractitionerPage, "given_by")):
            for slug, treatments in self.entry.get(name, {}).items():
                page = self.pages[model][slug]
                page.modalities = [*page.modalities.all(), *self._known(ModalityPage, treatments)]
                page.save_revision().publish()
        featured = self._known(ModalityPage, self.entry.get("featured_treatments", []))
        if featured:
            self.home.featured_treatments = [FeaturedTreatment(page=page) for page in featured]
            self.home.save_revision().publish()

    def _post(self, slug, entry):
        page = BlogPage(
            title=entry["title"],
            slug=slug,
            date=date.fromisoformat(entry["date"]),
            summary=entry.get("summary") or entry["excerpt"],
            search_description=entry["search_description"],
            hero_image=self.clinic.picture(entry["picture"]),
            picture_caption=entry.get("picture_caption", ""),
            sections=self.clinic.writer(f"blog/{slug}").sections(entry["sections"]),
        )
        for name, value in entry.get("call", {}).items():
            setattr(page, f"call_{name}", self.clinic.picture(value) if name == "picture" else value)
        page.related_posts = [RelatedPost(post=self.posts[name]) for name in entry.get("read_next", [])]
        authors = entry.get("authors") or [entry["author"]]
        page.authors = [self.pages[PractitionerPage][name] for name in authors]
        page.tags.add(*entry.get("tags", []))
        page.conditions = self._known(ConditionPage, entry.get("conditions", []))
        page.modalities = self._known(ModalityPage, entry.get("treatments", []))
        self.posts[slug] = self._add(f"blog/{slug}", BlogIndexPage.objects.child_of(self.home).get(), page)

    def _about(self):
        """The page about the clinic, which stands before the contact page in the menu."""
        entry = self.entry["about"]
        page = StandardPage(
            title=entry["title"],
            slug=entry["slug"],
            summary=entry["summary"],
            sections=self.clinic.writer(entry["slug"]).plain_sections(entry["sections"]),
            show_in_menus=True,
        )
        added = self._add(entry["slug"], self.home, page)
        added.refresh_from_db()
        added.move(ContactPage.objects.child_of(self.home).get(), pos="left")

    def _known(self, model, slugs):
        """The clinic's pages with these slugs, those it has."""
        return [self.pages[model][slug] for slug in slugs if slug in self.pages[model]]
