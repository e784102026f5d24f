"""What an agency with two clinics has after a year, for an empty database: a row in each table of ours."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model

from clinicsite.clinics.models import Insurer, SocialLink
from clinicsite.core.models import GoneAddress
from clinicsite.demo.models import DemoObject
from clinicsite.home.models import BlogPage, ContactMessage, HomePage, MissedSearch, SuggestedResult
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.models import Approval, DeclinedPage, SynonymGroup
from clinicsite.library.releasing import releases
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    LocationPhone,
    OpeningHours,
    PractitionerIndexPage,
    PractitionerPage,
    SpecialHours,
)
from clinicsite.modalities.models import EvidenceStatement, ModalityPage
from clinicsite.provisioning.agency import setup_agency
from tests.factories.blog import BlogIndexPageFactory, BlogPageFactory
from tests.factories.clinics import ClinicFactory
from tests.factories.library import LibraryFolderPageFactory
from tests.factories.locations import LocationPageFactory, PractitionerPageFactory
from tests.factories.media import ImageFactory
from tests.factories.modalities import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    ReferenceFactory,
)
from tests.factories.pages import ContactPageFactory, StandardPageFactory
from tests.factories.sections import section
from tests.factories.users import UserFactory

TORONTO = ZoneInfo("America/Toronto")


def fill():
    """Make all of it. It is run once for a version, on the code of that version."""
    agency = setup_agency()
    boss = UserFactory(username="boss", email="boss@agency.example", is_superuser=True)
    north = ClinicFactory(hostname="north.localhost", name="North Clinic")
    south = ClinicFactory(hostname="south.localhost", name="South Clinic")
    for clinic in (north, south):
        owner = UserFactory(username=f"{clinic.host[:5]}-owner", email=f"owner@{clinic.host[:5]}.example")
        owner.groups.add(clinic.groups.owner)
    shelf = LibraryFolderPageFactory(parent=agency.library, title="Needling")
    treatments = _library(shelf, north, boss)
    _settings_of(north)
    _answers(north, treatments)
    _places(north)
    _words(north)
    _records(north, south, boss, treatments)
    _release_to_a_pilot(treatments["cupping"], south, boss)


def _library(shelf, clinic, boss):
    """Three treatments and a condition in the library, which the clinic follows; {slug: library page}."""
    picture = ImageFactory(title="Needles", description="A tray of needles")
    reference = ReferenceFactory(
        citation_key="gattie2017", title="The effectiveness of trigger point needling"
    )
    neck = ConditionPageFactory(parent=shelf, title="Neck pain", slug="neck-pain", hero_image=picture)
    conditions = ConditionIndexPageFactory(parent=clinic.home, slug="conditions", title="Conditions")
    ConditionPageFactory(
        parent=conditions, title="Neck pain", slug="neck-pain", library_page=neck, sections=[]
    )
    index = ModalityIndexPageFactory(parent=clinic.home, slug="treatments", title="Treatments")
    made = {}
    for title in ("Dry needling", "Cupping", "Shockwave"):
        slug = title.lower().replace(" ", "-")
        cited = f'Studied.<a linktype="clinicsite-citation" id="{reference.pk}">mark</a>'
        parts = [section(f"{part} of {slug}", f"The library says {part} of {slug}.") for part in "ABC"]
        parts.append(section(f"Evidence for {slug}", cited, kind="evidence"))
        shared = ModalityPageFactory(
            parent=shelf,
            title=title,
            slug=slug,
            hero_image=picture,
            sections=parts,
            conditions=[neck],
            reviewed_on=date(2026, 3, 4),
            next_review_on=date(2028, 3, 4),
        )
        EvidenceStatement.objects.create(
            page=shared,
            condition=neck,
            strength="moderate",
            statement="It helps for some weeks.",
            reference=reference,
            sort_order=0,
        )
        shared.summary = f"{title} in short."
        shared.save_revision()
        releases.release_to_all(shared.pk, boss, note="First words", is_unapproved_ok=True)
        ModalityPageFactory(
            parent=index, title=title, slug=slug, library_page=shared, summary=None, sections=[]
        )
        made[slug] = shared
    return made


def _settings_of(clinic):
    settings = clinic.settings
    settings.tagline = "Move well, every day"
    settings.booking_url = "https://book.north.example/"
    settings.announcement = "Closed for a burst pipe"
    settings.save()
    Insurer.objects.create(clinic=settings, name="Maple Mutual", sort_order=0)
    SocialLink.objects.create(
        clinic=settings, network="instagram", url="https://social.example/north", sort_order=0
    )


def _answers(clinic, treatments):
    """Own words, a hidden section, an addition and a page that is held, at the clinic."""
    followers = {page.slug: page for page in ModalityPage.objects.descendant_of(clinic.home)}
    needling = followers["dry-needling"]
    first, second = [block["id"] for block in treatments["dry-needling"].sections.raw_data][:2]
    own = answers.make_own(needling, first, reason="Our own way")
    own.heading, own.body = "How we needle", section("x", "North needles on Tuesdays.")["value"]["body"]
    answers.hide(needling, second, reason="We do not")
    needling.sections = [section("Parking at North", "Behind the house.")]
    needling.save_revision().publish()
    held = followers["shockwave"]
    held_pages.hold(held)
    held.save_revision().publish()


def _places(clinic):
    index = clinic.home.add_child(
        instance=LocationIndexPage(title="Locations", slug="locations", show_in_menus=True)
    )
    place = LocationPageFactory(
        parent=index,
        title="Main Street",
        slug="main-street",
        street="12 Main Street",
        picture=ImageFactory(title="Door"),
        is_primary=True,
        phones=[
            LocationPhone(number="+14165550123", is_primary=True, sort_order=0),
            LocationPhone(number="+14165550199", label="fax", sort_order=1),
        ],
        opening_hours=[
            OpeningHours(weekday=day, opens=time(9), closes=time(17), sort_order=day) for day in range(5)
        ],
        special_hours=[
            SpecialHours(
                name="Winter break",
                first_date=date(2026, 12, 24),
                last_date=date(2026, 12, 26),
                is_closed=True,
                sort_order=0,
            )
        ],
        modalities=list(ModalityPage.objects.descendant_of(clinic.home)),
    )
    team = clinic.home.add_child(instance=PractitionerIndexPage(title="Team", slug="team"))
    PractitionerPageFactory(
        parent=team,
        title="Ana Lowe",
        slug="ana-lowe",
        portrait=ImageFactory(title="Ana"),
        biography="<p>Twenty years of practice.</p>",
        locations=[place],
        modalities=list(ModalityPage.objects.descendant_of(clinic.home)),
    )


def _words(clinic):
    StandardPageFactory(
        parent=clinic.home, title="About us", slug="about", sections=[section("Who we are", "Four people.")]
    )
    ContactPageFactory(parent=clinic.home, title="Contact", slug="contact")
    blog = BlogIndexPageFactory(parent=clinic.home, title="Blog", slug="blog")
    post = BlogPageFactory(
        parent=blog,
        title="A sore neck in winter",
        slug="a-sore-neck",
        hero_image=ImageFactory(title="Scarf"),
        authors=list(PractitionerPage.objects.descendant_of(clinic.home)),
    )
    post.tags.add("Neck", "Winter")
    post.modalities.set(ModalityPage.objects.descendant_of(clinic.home))
    post.conditions.set([page.conditions.first() for page in ModalityPage.objects.filter(depth=4)[:1]])
    post.save()
    post.save_revision().publish()
    post.title = "A sore neck in spring"
    post.save_revision()
    planned = BlogPage(
        title="For May", slug="for-may", summary="Soon.", sections=[section("Soon")], live=False
    )
    planned.go_live_at = datetime(2090, 5, 1, 8, tzinfo=TORONTO)
    blog.add_child(instance=planned)
    planned.save_revision().publish()


def _records(north, south, boss, treatments):
    home = HomePage.objects.get(pk=north.home.pk)
    contact = north.home.get_children().get(slug="contact").specific
    place = LocationPage.objects.get(slug="main-street")
    home.featured_treatments.create(page=ModalityPage.objects.get(slug="cupping", depth__gt=4), sort_order=0)
    home.featured_conditions.create(
        page=north.home.get_descendants().get(slug="neck-pain").specific, sort_order=0
    )
    home.save()
    SuggestedResult.objects.create(home=home, words="sore neck", page=contact, sort_order=0)
    ContactMessage.objects.create(
        page=contact,
        name="Kim Doe",
        email="kim@patient.example",
        phone="+14165550147",
        message="May I come on Friday?",
        location=place,
        treatment=ModalityPage.objects.get(slug="cupping", depth__gt=4),
        answered_by=boss,
        answered_at=timezone.now(),
    )
    MissedSearch.objects.create(site=north.site, words="acupuncture", times=3, last_on=date(2026, 11, 2))
    GoneAddress.objects.create(site=north.site, path="/old-offer/", gone_at=timezone.now())
    Redirect.objects.create(site=north.site, old_path="/needles", redirect_page=home)
    SynonymGroup.objects.create(terms="dry needling, needles")
    DeclinedPage.objects.create(site=south.site, library_page=treatments["shockwave"], declined_by=boss)
    Approval.objects.create(page=treatments["cupping"], digest="0" * 64, approved_by=boss, comment="Read it")
    DemoObject.objects.create(key="upgrade", target=home)
    document = get_document_model()(title="Consent form", collection=north.collection)
    document.file.save("consent.txt", ContentFile(b"Please sign."))
    document.save()
    picture = home.get_descendants().get(slug="about").specific.hero_image or ImageFactory(title="Room")
    picture.get_rendition("width-100")
    boss.groups.add(north.groups.editor)
    boss.user_permissions.add(*north.groups.owner.permissions.all()[:1])


def _release_to_a_pilot(shared, clinic, boss):
    shared = ModalityPage.objects.get(pk=shared.pk)
    ModalityPageFactory(
        parent=ModalityIndexPageFactory(parent=clinic.home, slug="treatments", title="Treatments"),
        title="Cupping",
        slug="cupping",
        library_page=shared,
        summary=None,
        sections=[],
    )
    shared.summary = "Cupping, told anew."
    shared.save_revision()
    releases.release_to_pilots(shared.pk, boss, [clinic.site], note="Try this", is_unapproved_ok=True)
