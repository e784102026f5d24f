"""One function makes a clinic: whole or not at all, once, and of one that is there only what it lacks."""

import re
from time import process_time

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.core.files.storage import default_storage
from django.db.models.signals import post_save
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, PageLogEntry, ReferenceIndex, Revision, Site
from wagtail.search.backends import get_search_backend

from clinicsite.clinics.models import ClinicRole, ClinicSettings
from clinicsite.home.models import HomePage
from clinicsite.library.joining.adding import decline
from clinicsite.library.models import ChosenPack, StarterPack, StarterPackRow
from clinicsite.locations.models import LocationPage, PractitionerPage
from clinicsite.modalities.models import ConditionPage, ModalityPage
from clinicsite.provisioning import SpecError, create_clinic
from clinicsite.settings import services
from clinicsite.signals import clinic_created
from clinicsite.users.models import User
from tests.factories import ClinicFactory, ModalityPageFactory, UserFactory, library_root
from tests.provisioning.specs import LOCATION, PERSON, a_library, a_spec

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture(autouse=True)
def agency():
    return a_library()


@pytest.fixture
def told():
    """What receivers of the signal are told."""
    heard = []

    def hear(sender, **arguments):
        heard.append((sender, arguments))

    clinic_created.connect(hear)
    yield heard
    clinic_created.disconnect(hear)


def everything():
    """What a clinic adds to, counted."""
    models = (Page, Site, ClinicSettings, Collection, ClinicRole, User, Revision, get_image_model())
    return {model.__name__: model.objects.count() for model in models} | {
        "mails": len(mail.outbox),
        "log": PageLogEntry.objects.count(),
        "references": ReferenceIndex.objects.count(),
    }


def get(path, host="lakeside.localhost"):
    return Client(HTTP_HOST=f"{host}:8000").get(path)


def test_a_whole_clinic_is_made_and_answers():
    created = create_clinic(a_spec(state="live", opens_anyway=True, tagline="Move easier by the lake"))
    assert (created.is_new, created.kept, created.is_held_back) == (True, (), False)
    site = created.site
    assert (site.hostname, site.port, site.site_name) == (
        "lakeside.localhost",
        8000,
        "Lakeside Physiotherapy",
    )
    paths = Page.objects.descendant_of(site.root_page).live().values_list("url_path", flat=True)
    assert {path.removeprefix(site.root_page.url_path) for path in paths} == {
        *("treatments/", "conditions/", "team/", "locations/", "blog/", "contact/"),
        *("privacy/", "accessibility/", "how-we-make-our-pages/"),
        *("treatments/dry-needling/", "conditions/low-back-pain/", "blog/does-it-hurt/"),
        *("locations/lakeside/", "team/ana-bell/"),
    }
    for path in ("/", *(f"/{path.removeprefix(site.root_page.url_path)}" for path in paths)):
        assert get(path).status_code == 200, path
    home = get("/").content.decode()
    assert "Move easier by the lake" in home
    assert "(416) 555-0188" in home
    assert "8:00 am" in get("/locations/lakeside/").content.decode()
    assert "It is a treatment." in get("/treatments/dry-needling/").content.decode()
    foot = home[home.index('class="footer__legal"') :]
    assert '<a href="/accessibility/">Accessibility</a>' in foot
    assert '<a href="/how-we-make-our-pages/">How we make our pages</a>' in foot
    privacy = get("/privacy/").content.decode()
    assert 'Write to hello@lakeside.example or call <a href="tel:+14165550188">(416) 555-0188</a>.' in privacy


def test_what_the_forms_of_the_admin_make_of_a_text_is_stored():
    site = create_clinic(a_spec()).site
    place = LocationPage.objects.get()
    assert (place.postal_code, place.region, place.is_primary) == ("M5V 1A1", "ON", True)
    assert [str(phone.number) for phone in place.phones.all()] == ["+14165550188", "+14165550189"]
    assert list(place.modalities.all()) == list(ModalityPage.objects.descendant_of(site.root_page))
    person = PractitionerPage.objects.get()
    assert list(person.locations.all()) == [place]
    assert site.clinicsite_settings.state == "draft"


def test_what_it_makes_passes_every_check_and_has_its_history():
    site = create_clinic(a_spec(), by=UserFactory(username="robin", is_superuser=True)).site
    for page in Page.objects.descendant_of(site.root_page, inclusive=True).specific():
        page.full_clean()
        assert page.live_revision_id == page.latest_revision_id
        assert page.live_revision.as_object().title == page.title
        assert page.first_published_at
        assert not page.has_unpublished_changes
        assert page.owner.username == "robin"
    actions = PageLogEntry.objects.filter(page=ModalityPage.objects.get(library_page__isnull=False))
    assert sorted(actions.values_list("action", "user__username")) == [
        ("wagtail.create", "robin"),
        ("wagtail.publish", "robin"),
    ]


def test_patients_find_its_pages_and_the_admin_knows_what_refers_to_what():
    create_clinic(a_spec())
    search = get_search_backend().search
    treatment = ModalityPage.objects.get(library_page__isnull=False)
    assert treatment in list(search("needling", ModalityPage.objects.all()))
    assert list(search("Shore", LocationPage.objects.all())) == [LocationPage.objects.get()]
    assert ReferenceIndex.get_references_to(treatment).exists()


def test_an_owner_below_the_agency_works_in_this_clinic_alone():
    theirs = ClinicFactory(hostname="harbour.localhost", name="Harbour")
    site = create_clinic(a_spec()).site
    owner = User.objects.get(email="ana@lakeside.example")
    assert (owner.is_superuser, owner.is_staff) == (False, False)
    home = site.root_page
    index = home.get_children().get(slug="treatments").specific
    assert home.specific.permissions_for_user(owner).can_edit()
    for page in (home.specific, index):
        permissions = page.permissions_for_user(owner)
        asked = (permissions.can_delete, permissions.can_unpublish, permissions.can_move)
        assert [may() for may in asked] == [False, False, False]
    assert not theirs.home.permissions_for_user(owner).can_edit()


def test_run_again_it_makes_only_what_is_missing_and_says_so(django_capture_on_commit_callbacks, told):
    with django_capture_on_commit_callbacks(execute=True):
        site = create_clinic(a_spec()).site
    place = LocationPage.objects.get()
    place.street = "2 New Street"
    place.save_revision().publish()
    ClinicSettings.objects.filter(site=site).update(tagline="Our own words")
    PractitionerPage.objects.get().delete()
    before = everything()
    with django_capture_on_commit_callbacks(execute=True):
        again = create_clinic(a_spec(tagline="Others"))
    assert again.made == ("Made the page of “Ana Bell”.",)
    assert "Kept the location “Lakeside”." in again.kept
    assert not again.is_new
    place.refresh_from_db()
    assert (place.street, ClinicSettings.objects.get(site=site).tagline) == ("2 New Street", "Our own words")
    assert everything()["Page"] == before["Page"] + 1
    assert len(mail.outbox) == 1
    assert [arguments["is_new"] for _sender, arguments in told] == [True, False]
    once_more = everything()
    with django_capture_on_commit_callbacks(execute=True):
        assert create_clinic(a_spec()).made == ()
    assert everything() == once_more
    assert len(told) == 2


def test_what_the_clinic_has_declined_or_calls_otherwise_is_not_made_again(agency):
    site = create_clinic(a_spec(posts=[])).site
    follower = ModalityPage.objects.get(library_page__isnull=False)
    follower.slug = "needles"
    follower.save_revision().publish()
    condition = ConditionPage.objects.get(library_page__isnull=False)
    source = condition.library_page
    condition.delete()
    decline(site, source, UserFactory(is_superuser=True))
    again = create_clinic(a_spec(posts=[]))
    assert again.made == ()
    assert "Left out the condition “Low back pain”: the clinic declined it." in again.kept


def test_a_dry_run_says_the_same_and_writes_nothing(django_capture_on_commit_callbacks, told, tmp_path):
    before, files = everything(), files_stored()
    with django_capture_on_commit_callbacks(execute=True):
        dry = create_clinic(a_spec(brand={"logo": a_picture(tmp_path)}), dry_run=True)
    assert (dry.is_dry_run, dry.site, told) == (True, None, [])
    assert (everything(), files_stored()) == (before, files)
    assert create_clinic(a_spec(brand={"logo": a_picture(tmp_path)})).made == dry.made


def test_a_spec_with_faults_writes_nothing(tmp_path):
    before, files = everything(), files_stored()
    with pytest.raises(SpecError, match=r"locations\[0\]\.postal_code: “x” is no Canadian postal code"):
        create_clinic(
            a_spec(locations=[LOCATION | {"postal_code": "x"}], brand={"logo": a_picture(tmp_path)})
        )
    assert (everything(), files_stored()) == (before, files)


def test_a_clinic_that_fails_on_the_way_leaves_neither_rows_nor_files(tmp_path, monkeypatch):
    before, files = everything(), files_stored()
    made = []

    def stop(sender, instance, **kwargs):
        made.append(instance)
        raise RuntimeError("The disk is full.")

    post_save.connect(stop, sender=PractitionerPage)
    try:
        with pytest.raises(RuntimeError):
            create_clinic(a_spec(brand={"logo": a_picture(tmp_path)}))
    finally:
        post_save.disconnect(stop, sender=PractitionerPage)
    assert made
    assert (everything(), files_stored()) == (before, files)


def test_pictures_lie_in_the_clinics_collection_with_their_words(tmp_path, settings):
    settings.TASKS = services.tasks({"TASKS_BACKEND": "database"})
    logo = a_picture(tmp_path)
    people = [PERSON | {"portrait": a_picture(tmp_path, "ana.png", alt="Ana, smiling")}]
    site = create_clinic(a_spec(brand={"logo": logo, "favicon": logo}, people=people)).site
    clinic = ClinicSettings.objects.get(site=site)
    assert clinic.logo == clinic.favicon
    assert (clinic.logo.title, clinic.logo.default_alt_text) == ("logo", "A wave")
    assert clinic.logo.collection.name == "Lakeside Physiotherapy"
    assert (clinic.logo.width, clinic.logo.height) == (64, 64)
    portrait = PractitionerPage.objects.get().portrait
    assert portrait.default_alt_text == "Ana, smiling"
    assert default_storage.exists(portrait.file.name)
    queued = DBTaskResult.objects.filter(task_path__endswith=".prepare_picture")
    assert sorted(one.args_kwargs["args"] for one in queued) == sorted([[clinic.logo.pk], [portrait.pk]])


def test_the_owner_sets_a_password_with_the_link_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        create_clinic(a_spec())
    (letter,) = mail.outbox
    assert letter.to == ["ana@lakeside.example"]
    assert letter.subject == "Lakeside Physiotherapy: your website"
    assert "Hello Ana,\n" in letter.body
    assert "You sign in as: ana@lakeside.example" in letter.body
    path = re.search(r"https?://[^/]+(/\S+/password_reset/confirm/\S+)", letter.body)[1]
    client = Client(HTTP_HOST="localhost")
    form = client.get(path, follow=True)
    assert form.status_code == 200
    words = {"new_password1": "a-calm-lake-2026", "new_password2": "a-calm-lake-2026"}
    client.post(form.redirect_chain[-1][0], words)
    assert authenticate(username="ana@lakeside.example", password="a-calm-lake-2026")
    assert "new_password1" not in Client(HTTP_HOST="localhost").get(path, follow=True).content.decode()


def test_an_invitation_that_has_run_out_is_asked_for_anew(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        create_clinic(a_spec())
    with django_capture_on_commit_callbacks(execute=True):
        Client(HTTP_HOST="localhost").post("/admin/password_reset/", {"email": "ana@lakeside.example"})
    assert len(mail.outbox) == 2
    assert "/password_reset/confirm/" in mail.outbox[1].body


def test_somebody_who_has_a_login_keeps_it_and_gets_the_role(django_capture_on_commit_callbacks):
    ana = UserFactory(username="ana", email="Ana@Lakeside.example", last_login=timezone.now())
    other = ClinicFactory(hostname="harbour.localhost", name="Harbour")
    ana.groups.add(other.groups.editor)
    with django_capture_on_commit_callbacks(execute=True):
        create_clinic(a_spec())
    assert User.objects.filter(email__iexact="ana@lakeside.example").count() == 1
    assert sorted(ana.groups.values_list("clinicsite_role__role", flat=True)) == ["editor", "owner"]
    (letter,) = mail.outbox
    assert "confirm" not in letter.body
    assert "Sign in with the password you have" in letter.body


def test_a_receiver_is_told_after_the_commit(django_capture_on_commit_callbacks, told):
    spec, robin = a_spec(), UserFactory(username="robin", is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        created = create_clinic(spec, by=robin)
        assert told == []
    ((sender, arguments),) = told
    arguments.pop("signal")
    assert sender is ClinicSettings
    assert arguments == {"site": created.site, "spec": spec, "is_new": True, "user": robin}


def test_a_pack_brings_its_pages_and_names_what_the_library_has_taken_down():
    pack = StarterPack.objects.create(name="Massage therapy")
    retired = ModalityPageFactory(title="Cupping", slug="cupping", parent=library_root(), live=False)
    for page in (ModalityPage.objects.get(slug="dry-needling"), retired):
        StarterPackRow.objects.create(pack=pack, page=page)
    created = create_clinic(
        a_spec(pack="massage therapy", treatments=[], conditions=[], posts=[], takes_new_pages=True)
    )
    assert created.notes == (
        "“Cupping” of “Massage therapy” is not published in the library now. It was left out.",
    )
    followers = ModalityPage.objects.descendant_of(created.site.root_page)
    assert [page.slug for page in followers] == ["dry-needling"]
    chosen = ChosenPack.objects.get(site=created.site)
    assert (chosen.pack, chosen.takes_new_pages) == (pack, True)


def test_a_clinic_of_nothing_but_its_name_is_whole_too():
    bare = dict.fromkeys(("treatments", "conditions", "posts", "locations", "people", "owner"))
    created = create_clinic(a_spec(state="live", opens_anyway=True, **bare))
    for path in ("/", "/treatments/", "/locations/", "/team/", "/privacy/", "/contact/"):
        assert get(path).status_code == 200
    assert mail.outbox == []
    assert created.is_new


def test_forty_followers_take_less_than_three_seconds():
    """Of the process's own time: what a busy machine does besides is not counted."""
    pages = [ModalityPageFactory(slug=f"t-{n}", parent=library_root()) for n in range(40)]
    spec = a_spec(treatments=[page.slug for page in pages], people=None)
    before = process_time()
    create_clinic(spec)
    assert process_time() - before < 3
    home = HomePage.objects.get(slug="lakeside")
    assert ModalityPage.objects.descendant_of(home).filter(library_page__in=pages).count() == 40


def a_picture(folder, name="logo.png", alt="A wave"):
    Image.new("RGB", (64, 64), "teal").save(folder / name)
    return {"file": str(folder / name), "alt": alt}


def files_stored():
    try:
        return sorted(default_storage.listdir("original_images")[1])
    except FileNotFoundError:
        return []


#: What a lead may not say of a clinic that has typed nothing of the kind.
CLAIMS = ("park", "stairs", "open", "hours", "answers", "languages", "research", "needles", "at once", "call")


def test_the_first_words_of_a_page_claim_nothing_that_nobody_has_typed():
    made = create_clinic(a_spec())
    pages = [page.specific for page in made.site.root_page.get_children()]
    leads = {page.slug: page.introduction for page in pages if hasattr(page, "introduction")}
    assert {"treatments", "conditions", "team", "locations", "blog", "contact"} <= set(leads)
    said = {(slug, claim) for slug, lead in leads.items() for claim in CLAIMS if claim in lead.lower()}
    assert not said


def test_a_list_with_nothing_in_it_is_in_no_menu(client):
    """A clinic of a place and a person, without a starter pack, has two lists to show."""
    made = create_clinic(
        a_spec(
            treatments=None,
            conditions=None,
            posts=None,
            people=[{"name": "Ana Bell", "profession": "Physiotherapist"}],
        )
    )
    client.defaults["HTTP_HOST"] = made.site.hostname
    row = ClinicSettings.objects.get(site=made.site)
    row.state = "live"
    row.save()
    shown, sitemap = client.get("/").text, client.get("/sitemap.xml").text
    for slug in ("team", "locations", "contact"):
        assert f'href="/{slug}/"' in shown, slug
        assert f"/{slug}/</loc>" in sitemap, slug
    for slug in ("treatments", "conditions", "blog"):
        assert f'href="/{slug}/"' not in shown, slug
        assert f"/{slug}/</loc>" not in sitemap, slug
