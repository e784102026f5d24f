"""What is told of each write, on the real database, with transactions that are committed."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from wagtail.models import Collection, Page, Site

from clinicsite.clinics.models import ClinicGroup, ClinicSettings
from clinicsite.core.models import GoneAddress, PageChange
from clinicsite.core.page_cache import changes, owners
from clinicsite.core.page_cache.changes import changing
from clinicsite.home.models import BlogPage
from clinicsite.library.models import SynonymGroup
from clinicsite.locations.models import LocationPage, LocationPhone, OpeningHours
from tests.factories.blog import BlogPageFactory
from tests.factories.locations import LocationPageFactory
from tests.factories.media import ImageFactory
from tests.factories.modalities import ModalityPageFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Told:
    """The names that have a new version, and the same read from the database."""

    def __init__(self, slots, monkeypatch):
        self.names: set[str] = set()
        self.slots = slots

    def by(self, write) -> set[str]:
        """What a write tells, to this machine and to others alike."""
        PageChange._base_manager.all().delete()
        known = {name: self.slots.version(self.slots.place(name)) for name in self._all_names()}
        write()
        rows = {row.name: row.version for row in PageChange.objects.all()}
        renewed = {
            name
            for name in {*known, *rows}
            if self.slots.version(self.slots.place(name)) != known.get(name, 0)
        }
        assert renewed == set(rows)
        return renewed

    def _all_names(self):
        tables = connection.introspection.table_names()
        sites = Site.objects.values_list("pk", flat=True)
        return [owners.OUTSIDE, *map(owners.table_name, tables), *map(owners.site_name, sites)]


@pytest.fixture
def clinics(clinic, other_clinic):
    return clinic, other_clinic


@pytest.fixture
def told(clinics, slots, monkeypatch):
    changes.begin(slots)
    yield Told(slots, monkeypatch)
    changes.end()


@pytest.fixture
def norths(clinics):
    return f"site:{clinics[0].site.pk}"


@pytest.fixture
def place(clinics):
    return LocationPageFactory(parent__parent=clinics[0].home)


def test_a_page_that_is_saved_changes_its_clinic_alone(place, told, norths):
    assert told.by(place.save) == {norths}


def test_a_draft_changes_nothing(place, told):
    place.title = "Elsewhere"
    assert told.by(place.save_revision) == set()


def test_publishing_changes_the_clinic_and_what_reads_versions(place, told, norths):
    revision = place.save_revision()
    assert told.by(revision.publish) == {norths, "table:wagtailcore_revision"}


def test_a_page_of_the_library_changes_what_all_are_made_from(library, told):
    page = ModalityPageFactory(parent=library)
    assert told.by(page.save) == {"outside", "table:clinicsite_library_librarysection"}


def test_a_new_page_changes_its_clinic(clinics, told, norths):
    assert norths in told.by(lambda: BlogPageFactory(parent__parent=clinics[0].home))


def test_a_deleted_page_changes_its_clinic_alone(clinics, told, norths):
    post = BlogPageFactory(parent__parent=clinics[0].home)
    names = told.by(BlogPage.objects.get(pk=post.pk).delete)
    assert names - {"table:wagtailcore_revision"} == {norths}


def test_a_row_of_a_page_changes_the_pages_clinic(place, told, norths):
    def add():
        LocationPhone.objects.create(location=place, number="+14165550111")

    assert told.by(add) == {norths}
    assert told.by(LocationPhone.objects.last().save) == {norths}
    assert told.by(LocationPhone.objects.last().delete) == {norths}


def test_settings_change_their_clinic(clinics, told, norths):
    assert told.by(ClinicSettings.objects.get(site=clinics[0].site).save) == {norths}


def test_what_has_the_site_as_its_own_changes_that(clinics, told, norths):
    assert told.by(lambda: GoneAddress.objects.create(site=clinics[0].site, path="/old/")) == {norths}


def test_ticks_change_the_clinic_of_the_page_that_has_them(clinics, place, told, norths):
    treatment = ModalityPageFactory(parent__parent=clinics[0].home)

    def tick():
        page = LocationPage.objects.get(pk=place.pk)
        page.modalities.add(treatment)
        page.save()

    assert told.by(tick) == {norths}


def test_an_update_is_known_by_its_table(place, told):
    def update():
        LocationPage.objects.filter(pk=place.pk).update(city="Guelph")

    assert told.by(update) == {"table:clinicsite_locations_locationpage"}


def test_an_update_of_nothing_is_no_change(told):
    assert told.by(lambda: LocationPage.objects.filter(pk=0).update(city="Guelph")) == set()


def test_what_of_a_page_only_drafts_have_is_no_change(place, told):
    pages = Page.objects.filter(pk=place.pk)
    assert told.by(lambda: pages.update(draft_title="New", has_unpublished_changes=True)) == set()
    assert told.by(lambda: pages.update(numchild=F("numchild"))) == set()
    assert told.by(lambda: pages.update(draft_title="New", title="New")) == {"table:wagtailcore_page"}


def test_rows_made_at_once_are_known_by_their_table(clinics, told):
    rows = [GoneAddress(site=clinics[0].site, path=f"/{number}/") for number in range(3)]
    assert told.by(lambda: GoneAddress.objects.bulk_create(rows)) == {"table:clinicsite_core_goneaddress"}


def test_sql_is_known_by_its_table(place, told):
    def write():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE clinicsite_locations_locationpage SET city = %s", ["Guelph"])

    assert told.by(write) == {"table:clinicsite_locations_locationpage"}


def test_a_row_that_belongs_to_nobody_is_known_by_its_table(told):
    (table,) = owners.tables_of(SynonymGroup)
    assert told.by(lambda: SynonymGroup.objects.create(terms="neck\nnape")) == {f"table:{table}"}


def test_a_site_is_known_by_its_table(clinics, told):
    assert "table:wagtailcore_site" in told.by(clinics[0].site.save)


def test_a_picture_changes_the_pages_of_whose_it_is(clinics, told, norths):
    picture = None

    def upload():
        nonlocal picture
        picture = ImageFactory(collection=clinics[0].collection)

    assert told.by(upload) <= {norths}
    picture.title = "A clinic room"
    assert told.by(picture.save) == {norths}
    picture.collection = clinics[1].collection
    assert told.by(picture.save) == {norths, f"site:{clinics[1].site.pk}"}
    picture.collection = Collection.get_first_root_node()
    assert "table:clinicsite_media_customimage" in told.by(picture.save)


def test_signing_in_changes_no_clinic(clinics, told, client):
    person = get_user_model().objects.create_user(username="someone", email="s@example.com", password="x")
    assert told.by(lambda: client.force_login(person)) == {"table:clinicsite_users_user"}


def test_what_is_taken_back_is_no_change(place, told):
    def take_back():
        with transaction.atomic():
            place.save()
            transaction.set_rollback(True)

    assert told.by(take_back) == set()


def test_what_is_partly_taken_back_is_a_change_all_the_same(place, told, norths):
    def try_twice():
        with transaction.atomic():
            point = transaction.savepoint()
            place.save()
            transaction.savepoint_rollback(point)
            place.save()

    assert told.by(try_twice) == {norths}


def test_a_save_that_fails_speaks_for_no_later_write(place, told):
    def fail_and_update():
        with pytest.raises(IntegrityError), transaction.atomic():
            OpeningHours.objects.create(location=place, weekday=None, opens="09:00", closes="10:00")
        OpeningHours.objects.filter(location=place).update(closes="23:00")

    OpeningHours.objects.create(location=place, weekday=1, opens="09:00", closes="10:00")
    assert told.by(fail_and_update) == {"table:clinicsite_locations_openinghours"}


def test_who_knows_better_says_so(place, told, norths):
    def update():
        with changing([norths], "clinicsite_locations_locationpage"):
            LocationPage.objects.filter(pk=place.pk).update(city="Guelph")

    assert told.by(update) == {norths}


def test_nothing_is_seen_before_it_is_committed(place, told, slots, norths):
    before = slots.version(slots.place(norths))
    with transaction.atomic():
        place.save()
        assert slots.version(slots.place(norths)) == before
    assert slots.version(slots.place(norths)) != before


def test_what_comes_between_two_that_are_nobodys_is_known_by_its_own_table(clinics, told):
    group = ClinicGroup.objects.create(name="West")
    names = told.by(lambda: group.sites.add(clinics[0].site))
    assert "table:clinicsite_clinics_clinicgroup_sites" in names
