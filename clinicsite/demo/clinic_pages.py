"""The pages of a demo clinic, in the order in which they need each other."""

from datetime import date, time
from decimal import Decimal

from clinicsite.demo import data
from clinicsite.demo.clinics import DemoClinic
from clinicsite.demo.library import page_key
from clinicsite.demo.records import add_page
from clinicsite.home.models import BlogIndexPage, BlogPage, ContactPage, RelatedPost, StandardPage
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    LocationPhone,
    OpeningHours,
    PractitionerIndexPage,
    PractitionerPage,
    SpecialHours,
)
from clinicsite.locations.models.hours import Weekday
from clinicsite.modalities.models import ConditionIndexPage, ConditionPage, ModalityIndexPage, ModalityPage

#: The index pages of every clinic, in the order of its menu: (type, title, slug, introduction).
INDEX_PAGES = (
    (ModalityIndexPage, "Treatments", "treatments", "What we do, what to expect and what the research says."),
    (
        ConditionIndexPage,
        "Conditions",
        "conditions",
        "Find your problem, what helps, and when to get help at once.",
    ),
    (
        PractitionerIndexPage,
        "Team",
        "team",
        "The people who will look after you: the treatments they give, and the languages they speak.",
    ),
    (
        LocationIndexPage,
        "Locations",
        "locations",
        "Where to find us, when we are open, where to park, and how to get in without stairs.",
    ),
    (
        BlogIndexPage,
        "Blog",
        "blog",
        "Plain answers from our practitioners about pain, needles, massage and moving again.",
    ),
)


class ClinicPages:
    """Adds the pages below a clinic's home page."""

    def __init__(self, clinic: DemoClinic, home):
        self.clinic = clinic
        self.entry = clinic.entry
        self.home = home
        self.treatments = {}
        self.conditions = {}
        self.locations = {}
        self.people = {}
        self.posts = {}

    def build(self):
        """Conditions before treatments before places before people before posts: each refers back."""
        self.indexes = {model: self._index(*rest, model=model) for model, *rest in INDEX_PAGES}
        for entry in self.entry["condition_pages"]:
            self._condition(entry)
        for entry in self.entry["treatments"]:
            self._treatment(entry)
        for number, entry in enumerate(self.entry["locations"]):
            self._location(entry, is_primary=number == 0)
        for entry in self.entry["practitioners"]:
            self._practitioner(entry)
        self._posts()
        self._about()
        self._privacy()
        self._contact()

    def _add(self, path, parent, page):
        """Add a page and give it its first revision, which need not be checked a third time."""
        added = add_page(f"{self.clinic.key}/page/{path}", parent, page)
        added.save_revision(clean=False).publish()
        return added

    def _index(self, title, slug, introduction, model):
        page = model(title=title, slug=slug, introduction=introduction, show_in_menus=True)
        return self._add(slug, self.home, page)

    def _condition(self, entry):
        slug = entry["condition"]
        source = self.clinic.library.page("conditions", slug)
        page = ConditionPage(
            title=source.title, slug=slug, library_page=source, search_description=source.search_description
        )
        self.conditions[slug] = self._add(f"conditions/{slug}", self.indexes[ConditionIndexPage], page)
        self.clinic.targets.pages["own-condition", slug] = self.conditions[slug].pk

    def _treatment(self, entry):
        page = self._follower(entry) if entry["follow"] else self._stand_alone(entry)
        slugs = [slug for slug in entry.get("conditions", []) if slug in self.conditions]
        page.conditions = [self.conditions[slug] for slug in slugs]
        added = self._add(f"treatments/{page.slug}", self.indexes[ModalityIndexPage], page)
        self.treatments[page.slug] = added
        self.clinic.targets.pages["own-modality", page.slug] = added.pk

    def _follower(self, entry):
        slug = entry["modality"]
        source = self.clinic.library.page("modalities", slug)
        writer = self.clinic.writer(f"treatments/{slug}")
        library_sections = data.library("modalities")[slug]["sections"]
        return ModalityPage(
            title=source.title,
            slug=slug,
            library_page=source,
            search_description=source.search_description,
            sections=writer.additions(
                entry.get("sections", []), page_key("modalities", slug), library_sections
            ),
        )

    def _stand_alone(self, entry):
        return ModalityPage(
            title=entry["title"],
            slug=entry["slug"],
            summary=entry["summary"],
            search_description=entry["search_description"],
            hero_image=self.clinic.picture(entry["picture"]),
            sections=self.clinic.writer(f"treatments/{entry['slug']}").sections(entry["sections"]),
        )

    def _location(self, entry, is_primary):
        page = LocationPage(
            title=entry["title"],
            slug=entry["slug"],
            is_primary=is_primary,
            region=entry["province"],
            access_notes=self.clinic.words(entry["access"]),
            **{
                name: entry[name]
                for name in ("street", "city", "postal_code", "time_zone", "parking", "transit")
            },
            **{name: Decimal(f"{entry[name]:.5f}") for name in ("latitude", "longitude")},
        )
        page.phones = [
            LocationPhone(label=row["label"], number=row["number"], is_primary=row.get("primary", False))
            for row in entry["phones"]
        ]
        page.opening_hours = [_hours(row) for row in entry["hours"]]
        page.special_hours = [_special_hours(row) for row in entry.get("special_hours", [])]
        page.modalities = [self.treatments[slug] for slug in entry["offers"] if slug in self.treatments]
        self.locations[page.slug] = self._add(f"locations/{page.slug}", self.indexes[LocationIndexPage], page)

    def _practitioner(self, entry):
        same = (
            "post_nominals",
            "pronouns",
            "profession",
            "register_name",
            "registration_number",
            "register_url",
        )
        page = PractitionerPage(
            title=entry["name"],
            slug=entry["slug"],
            portrait=self.clinic.portrait(entry),
            summary=entry["summary"],
            biography=self.clinic.words(entry["bio"]),
            languages=", ".join(entry["languages"]),
            is_accepting_new_patients=entry["accepting_new_patients"],
            booking_url=entry.get("booking_url", ""),
            needling_authorised_on=_date_or_none(entry.get("needling_authorised_on")),
            **{name: entry.get(name, "") for name in same},
        )
        page.locations = [self.locations[slug] for slug in entry["locations"]]
        page.modalities = [self.treatments[slug] for slug in entry["modalities"] if slug in self.treatments]
        added = self._add(f"team/{page.slug}", self.indexes[PractitionerIndexPage], page)
        self.people[page.slug] = added
        self.clinic.targets.pages["practitioner", page.slug] = added.pk

    def _posts(self):
        for slug, entry in data.posts(self.clinic.key).items():
            self._own_post(slug, entry)
        for slug in self.entry.get("library_posts", []):
            self._library_post(slug)

    def _own_post(self, slug, entry):
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
        page.authors = [self.people[name] for name in entry.get("authors") or [entry["author"]]]
        page.tags.add(*entry.get("tags", []))
        page.conditions = _known(self.conditions, entry.get("conditions", []))
        page.modalities = _known(self.treatments, entry.get("treatments", []))
        self.posts[slug] = self._add(f"blog/{slug}", self.indexes[BlogIndexPage], page)

    def _library_post(self, slug):
        source = self.clinic.library.page("posts", slug)
        page = BlogPage(
            title=source.title,
            slug=slug,
            library_page=source,
            date=source.date,
            search_description=source.search_description,
        )
        page.tags.add(*data.library("posts")[slug].get("tags", []))
        self._add(f"blog/{slug}", self.indexes[BlogIndexPage], page)

    def _about(self):
        entry = self.entry["about"]
        self._standard(entry, entry["sections"], show_in_menus=True)

    def _privacy(self):
        entry = data.privacy()
        self._standard(entry, [self._in_own_words(section) for section in entry["sections"]])

    def _in_own_words(self, section):
        settings, phone = self.clinic.settings, self.entry["locations"][0]["phones"][0]["number"]
        own = {
            "clinic": settings["name"],
            "email": settings["email"],
            "phone": f"{phone[2:5]}-{phone[5:8]}-{phone[8:]}",
        }
        return {**section, "body": [{**b, "text": b["text"].format(**own)} for b in section["body"]]}

    def _standard(self, entry, sections, **fields):
        page = StandardPage(
            title=entry["title"],
            slug=entry["slug"],
            summary=entry["summary"],
            sections=self.clinic.writer(entry["slug"]).plain_sections(sections),
            **fields,
        )
        self._add(entry["slug"], self.home, page)

    def _contact(self):
        page = ContactPage(
            title="Contact",
            slug="contact",
            introduction="Write to us, or call: a person answers during opening hours.",
            show_in_menus=True,
        )
        self._add("contact", self.home, page)


def _known(pages, slugs):
    """The clinic's pages with these slugs, those it has."""
    return [pages[slug] for slug in slugs if slug in pages]


def _hours(row):
    return OpeningHours(
        weekday=Weekday[row["day"].upper()],
        opens=time.fromisoformat(row["opens"]),
        closes=time.fromisoformat(row["closes"]),
        is_by_appointment=row.get("by_appointment", False),
    )


def _special_hours(row):
    return SpecialHours(
        name=row["name"],
        first_date=date.fromisoformat(row["from"]),
        last_date=date.fromisoformat(row["to"]),
        is_closed=row["closed"],
        opens=None if row["closed"] else time.fromisoformat(row["opens"]),
        closes=None if row["closed"] else time.fromisoformat(row["closes"]),
        note=row.get("note", ""),
    )


def _date_or_none(value):
    return date.fromisoformat(value) if value else None
