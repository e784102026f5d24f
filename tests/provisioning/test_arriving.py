"""Starter packs, and new pages of one that arrive on the sites of the clinics that have chosen so."""

import pytest
from django.test import Client
from wagtail.models import Page

from clinicsite.clinics.roles import LIBRARY_EDITORS
from clinicsite.library.models import ChosenPack, StarterPack, StarterPackRow
from clinicsite.modalities.models import ModalityPage
from clinicsite.provisioning import create_clinic
from tests.factories import ModalityPageFactory, UserFactory, library_root
from tests.provisioning.specs import a_library, a_spec

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/snippets/clinicsite_library/starterpack/"
NONE = {"treatments": [], "conditions": [], "posts": [], "people": None, "owner": None}


@pytest.fixture(autouse=True)
def agency():
    return a_library()


@pytest.fixture
def pack():
    pack = StarterPack.objects.create(name="Massage")
    StarterPackRow.objects.create(pack=pack, page=ModalityPage.objects.get())
    return pack


@pytest.fixture
def editor(agency):
    user = UserFactory(username="tomas")
    user.groups.add(agency.groups[LIBRARY_EDITORS])
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def clinic(pack, name, *, takes):
    spec = a_spec(
        slug=name,
        host=f"{name}.localhost",
        pack=pack.name,
        takes_new_pages=takes,
        state="live",
        opens_anyway=True,
        **NONE,
    )
    return create_clinic(spec).site


def treatments(site):
    return sorted(ModalityPage.objects.of_site(site).live().values_list("slug", flat=True))


def put_in(pack, slug, **fields):
    page = ModalityPageFactory(title=slug.title(), slug=slug, parent=library_root(), **fields)
    StarterPackRow.objects.create(pack=pack, page=page)
    return page


def test_a_page_that_comes_to_a_pack_arrives_where_it_is_wanted(pack, django_capture_on_commit_callbacks):
    eager, patient = clinic(pack, "eager", takes=True), clinic(pack, "patient", takes=False)
    with django_capture_on_commit_callbacks(execute=True):
        put_in(pack, "cupping")
    assert treatments(eager) == ["cupping", "dry-needling"]
    assert treatments(patient) == ["dry-needling"]
    assert Client(HTTP_HOST="eager.localhost:8000").get("/treatments/cupping/").status_code == 200


def test_a_page_that_is_not_published_yet_arrives_when_it_is(pack, django_capture_on_commit_callbacks):
    eager = clinic(pack, "eager", takes=True)
    with django_capture_on_commit_callbacks(execute=True):
        page = put_in(pack, "cupping", live=False)
    assert treatments(eager) == ["dry-needling"]
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert treatments(eager) == ["cupping", "dry-needling"]


def test_what_a_clinic_has_deleted_does_not_come_again(pack, django_capture_on_commit_callbacks):
    eager = clinic(pack, "eager", takes=True)
    with django_capture_on_commit_callbacks(execute=True):
        page = put_in(pack, "cupping")
    ModalityPage.objects.of_site(eager).get(library_page=page).delete()
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
        put_in(pack, "taping")
    assert treatments(eager) == ["dry-needling", "taping"]


def test_a_library_editor_keeps_packs_and_each_change_of_pages_counts(editor):
    source = ModalityPage.objects.get()
    rows = {
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "0",
        "rows-MIN_NUM_FORMS": "1",
        "rows-MAX_NUM_FORMS": "1000",
        "rows-0-page": str(source.pk),
        "rows-0-ORDER": "1",
    }
    assert editor.post(f"{ADDRESS}add/", {"name": "Massage", **rows}).status_code == 302
    pack = StarterPack.objects.get()
    assert ([row.page_id for row in pack.rows.all()], pack.version) == ([source.pk], 1)
    more = rows | {
        "rows-TOTAL_FORMS": "2",
        "rows-INITIAL_FORMS": "1",
        "rows-0-id": str(pack.rows.get().pk),
        "rows-1-page": str(ModalityPageFactory(slug="cupping", parent=library_root()).pk),
        "rows-1-ORDER": "2",
    }
    assert editor.post(f"{ADDRESS}edit/{pack.pk}/", {"name": "Massage", **more}).status_code == 302
    pack.refresh_from_db()
    assert (pack.rows.count(), pack.version) == (2, 2)


def test_a_pack_refuses_what_no_clinic_could_follow_and_what_it_has_twice(editor):
    source, folder = ModalityPage.objects.get(), library_root()
    for pages in ((source, source), (folder,)):
        sent = {"name": "Massage", "rows-TOTAL_FORMS": str(len(pages)), "rows-INITIAL_FORMS": "0"}
        sent |= {f"rows-{n}-page": str(page.pk) for n, page in enumerate(pages)}
        sent |= {f"rows-{n}-ORDER": str(n) for n in range(len(pages))}
        html = editor.post(f"{ADDRESS}add/", sent).content.decode()
        assert not StarterPack.objects.exists()
    assert "Choose a treatment, a condition or a post of the library." in html


def test_the_list_of_packs_names_the_pages_that_the_library_has_taken_down(editor, pack):
    put_in(pack, "cupping", live=False)
    html = editor.get(ADDRESS).content.decode()
    assert "Cupping" in html
    assert f'href="{ADDRESS}edit/{pack.pk}/"' in html


def test_a_pack_stays_when_a_page_of_it_is_deleted(pack):
    page = put_in(pack, "cupping")
    Page.objects.get(pk=page.pk).delete()
    assert [row.page.slug for row in pack.rows.all()] == ["dry-needling"]
    assert not ChosenPack.objects.exists()
