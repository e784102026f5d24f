"""A clinic that has everything: one page of each type, filled, and related to the others."""

from datetime import date, time

from clinicsite.home.models import (
    BlogIndexPage,
    BlogPage,
    ContactPage,
    FeaturedCondition,
    FeaturedTreatment,
    HomePage,
    StandardPage,
)
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    OpeningHours,
    PractitionerIndexPage,
    PractitionerPage,
    SpecialHours,
)
from clinicsite.modalities.models import ConditionIndexPage, ConditionPage, ModalityIndexPage, ModalityPage
from tests.courses.models import CourseIndexPage, CoursePage
from tests.factories.blog import BlogIndexPageFactory, BlogPageFactory
from tests.factories.courses import CourseIndexPageFactory, CoursePageFactory
from tests.factories.library import LibraryFolderPageFactory, library_root
from tests.factories.locations import (
    LocationIndexPageFactory,
    LocationPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
)
from tests.factories.media import ImageFactory
from tests.factories.modalities import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    ReferenceFactory,
    WarningSignsPageFactory,
)
from tests.factories.pages import ContactPageFactory, StandardPageFactory
from tests.factories.sections import section

#: Every page type of the product that patients see.
PUBLIC_PAGE_TYPES = [
    HomePage,
    StandardPage,
    ContactPage,
    BlogIndexPage,
    BlogPage,
    ModalityIndexPage,
    ModalityPage,
    ConditionIndexPage,
    ConditionPage,
    LocationIndexPage,
    LocationPage,
    PractitionerIndexPage,
    PractitionerPage,
]
#: The same, with those of the app that stands for a project's own.
EVERY_PAGE_TYPE = [*PUBLIC_PAGE_TYPES, CourseIndexPage, CoursePage]


class Everything:
    """Builds the pages of a clinic; `pages` holds one of each type by its model."""

    def __init__(self, clinic, several=3):
        self.clinic = clinic
        self.several = several
        self.home = clinic.home
        self.pages = {HomePage: clinic.home}
        self.shelf = LibraryFolderPageFactory(parent=library_root(), title=f"Shared with {clinic.home.title}")
        self._add_clinical_pages()
        self._add_places_and_people()
        self._add_words()
        self._add_courses()
        self._feature()

    def _keep(self, page):
        self.pages.setdefault(type(page), page)
        return page

    def _add_clinical_pages(self):
        reference = ReferenceFactory()
        evidence = f'Studied.<a linktype="clinicsite-citation" id="{reference.pk}">mark</a>'
        conditions = self._keep(ConditionIndexPageFactory(parent=self.home, show_in_menus=True))
        treatments = self._keep(ModalityIndexPageFactory(parent=self.home, show_in_menus=True))
        reviewed = {"reviewed_on": date(2026, 3, 4), "next_review_on": date(2028, 3, 4)}
        signs = WarningSignsPageFactory(parent=self.shelf, **reviewed)
        urgent = [{"type": "warning_signs", "value": signs.pk, "id": "urgent"}]
        for number in range(self.several):
            picture = ImageFactory()
            condition = ConditionPageFactory(parent=self.shelf, hero_image=picture, **reviewed)
            self._keep(ConditionPageFactory(parent=conditions, library_page=condition, sections=[]))
            link = f'See <a linktype="page" id="{condition.pk}">this condition</a>. {evidence}'
            parts = [
                section("Evidence", link, kind="evidence", key=f"evidence-{number}"),
                section("Urgent help", kind="urgent_help", key=f"urgent-{number}", body=urgent),
            ]
            shared = ModalityPageFactory(
                parent=self.shelf, hero_image=picture, sections=parts, conditions=[condition], **reviewed
            )
            self._keep(ModalityPageFactory(parent=treatments, library_page=shared, sections=[]))

    def _add_places_and_people(self):
        treatments = list(ModalityPage.objects.descendant_of(self.home))
        places = self._keep(LocationIndexPageFactory(parent=self.home, show_in_menus=True))
        team = self._keep(PractitionerIndexPageFactory(parent=self.home, show_in_menus=True))
        for number in range(self.several):
            weekly = [OpeningHours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)]
            holiday = SpecialHours(
                name="Holiday", first_date=date(2026, 12, 25), last_date=date(2026, 12, 25)
            )
            place = LocationPageFactory(
                parent=places,
                is_primary=number == 1,
                picture=ImageFactory(),
                opening_hours=weekly,
                special_hours=[holiday],
                access_notes="<p>One step at the door.</p>",
                modalities=treatments,
            )
            self._keep(place)
            person = PractitionerPageFactory(
                parent=team,
                portrait=ImageFactory(),
                biography="<p>Twenty years of practice.</p>",
                locations=[place],
                modalities=treatments,
            )
            self._keep(person)

    def _add_words(self):
        people = list(PractitionerPage.objects.descendant_of(self.home))
        self._keep(
            StandardPageFactory(parent=self.home, hero_image=ImageFactory(), sections=[section("Who we are")])
        )
        self._keep(ContactPageFactory(parent=self.home, show_in_menus=True))
        blog = self._keep(BlogIndexPageFactory(parent=self.home, show_in_menus=True))
        for _ in range(self.several):
            post = self._keep(BlogPageFactory(parent=blog, hero_image=ImageFactory(), authors=people))
            post.tags.add("Neck", "Back")
            post.save()

    def _add_courses(self):
        courses = self._keep(CourseIndexPageFactory(parent=self.home, show_in_menus=True))
        reviewed = {"reviewed_on": date(2026, 3, 4), "next_review_on": date(2028, 3, 4)}
        for _ in range(self.several):
            shared = CoursePageFactory(
                parent=self.shelf, hero_image=ImageFactory(), duration="six weeks", **reviewed
            )
            self._keep(CoursePageFactory(parent=courses, library_page=shared, summary=None, sections=[]))

    def _feature(self):
        treatments = ModalityPage.objects.descendant_of(self.home)
        conditions = ConditionPage.objects.descendant_of(self.home)
        self.home.hero_image = ImageFactory()
        self.home.introduction = "<p>We listen first.</p>"
        self.home.featured_treatments = [FeaturedTreatment(page=page) for page in treatments]
        self.home.featured_conditions = [FeaturedCondition(page=page) for page in conditions]
        self.home.save()
