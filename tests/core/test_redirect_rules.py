"""The screen for a redirect of a clinic's takes none that leads nowhere, or back to itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from clinicsite.core.redirect_rules import BOTH, NOWHERE
from tests.factories import BlogIndexPageFactory, StandardPageFactory, UserFactory

pytestmark = pytest.mark.django_db

HERE = "http://north.localhost"
TAKEN = "“{page}” stands at this address, and a redirect is only followed where nothing answers."


@pytest.fixture
def superuser(admin_client_of):
    return admin_client_of(UserFactory(is_superuser=True))


@pytest.fixture
def add(clinic, superuser):
    """Settings > Redirects > Add: what is refused, by field; nothing where it was stored."""

    def add(old_path, link="", page=None, site=clinic.site):
        sent = {"old_path": old_path, "site": site.pk if site else "", "is_permanent": "on"}
        sent |= {"redirect_link": link, "redirect_page": page.pk if page else ""}
        response = superuser.post(reverse("wagtailredirects:add"), sent)
        if response.status_code == 302:
            return {}
        return {name: " ".join(said) for name, said in response.context["form"].errors.items()}

    return add


def test_one_that_leads_nowhere_is_refused(add):
    assert add("/old") == {"redirect_page": NOWHERE}


def test_one_that_leads_to_two_places_is_refused(clinic, add):
    page = StandardPageFactory(parent=clinic.home, title="About us")
    assert add("/old", "https://a.example/", page) == {"redirect_link": BOTH}


def test_one_to_a_page_that_patients_cannot_open_is_refused(library, add):
    assert "“Library” has no address that patients can open." in add("/old", page=library)["redirect_page"]


@pytest.mark.parametrize(
    "link", [f"{HERE}/old", f"{HERE}/old/", f"{HERE}/OLD?x=1", "https://north.localhost/old"]
)
def test_one_that_leads_to_itself_is_refused(add, link):
    assert "This leads back to where it begins: /old → /" in add("/old", link)["redirect_link"]


@pytest.mark.parametrize("is_for_all", [False, True])
def test_one_that_closes_a_circle_is_refused_with_its_steps(clinic, add, is_for_all):
    site = None if is_for_all else clinic.site
    assert add("/b", f"{HERE}/c", site=site) == {}
    assert add("/c", f"{HERE}/a") == {}
    assert "/a → /b → /c → /a" in add("/a", f"{HERE}/b", site=site)["redirect_link"]


def test_one_that_is_changed_into_a_circle_is_refused(clinic, add, superuser):
    add("/a", f"{HERE}/b")
    add("/b", "https://elsewhere.example/")
    row = Redirect.objects.get(old_path="/b")
    sent = {"old_path": "/b", "site": clinic.site.pk, "redirect_link": f"{HERE}/a", "redirect_page": ""}
    response = superuser.post(reverse("wagtailredirects:edit", args=[row.pk]), sent)
    assert "/b → /a → /b" in response.text
    row.refresh_from_db()
    assert row.redirect_link == "https://elsewhere.example/"


def test_a_chain_that_ends_is_no_circle(add):
    assert add("/b", f"{HERE}/c") == {}
    assert add("/a", f"{HERE}/b") == {}


def test_the_same_address_on_another_host_is_no_circle(add, other_clinic):
    assert add("/old", f"http://{other_clinic.host}/old") == {}


@pytest.mark.parametrize("typed", ["/our team", "/our%20team"])
def test_an_address_with_a_space_is_followed(add, visit, typed):
    assert add(typed, "https://a.example/") == {}
    assert visit("/our%20team")["Location"] == "https://a.example/"


def test_the_projects_own_are_as_they_were(clinic, client, settings):
    settings.CLINICSITE = {}
    root = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    site = Site.objects.create(hostname="agency.example", root_page=root)
    client.defaults["HTTP_HOST"] = "agency.example"
    client.force_login(UserFactory(is_superuser=True))
    sent = {
        "old_path": "/a",
        "site": site.pk,
        "redirect_link": "http://agency.example/a",
        "redirect_page": "",
    }
    assert client.post("/admin/redirects/add/", sent).status_code == 302


@pytest.mark.parametrize("typed", ["/about-us", "/about-us/", "about-us/?from=flyer", "/about-us/#top"])
def test_one_from_the_address_of_a_live_page_is_refused(clinic, add, visit, typed):
    StandardPageFactory(parent=clinic.home, title="About us", slug="about-us")
    assert TAKEN.format(page="About us") in add(typed, "https://a.example/")["old_path"]
    assert visit("/about-us/").status_code == 200
    assert not Redirect.objects.exists()


def test_one_from_the_front_page_is_refused(clinic, add):
    assert TAKEN.format(page=clinic.home.title) in add("/", "https://a.example/")["old_path"]


def test_one_from_an_address_below_a_page_that_the_page_answers_itself_is_refused(clinic, add, visit):
    BlogIndexPageFactory(parent=clinic.home, title="Blog", slug="blog")
    assert visit("/blog/feed/").status_code == 200
    assert TAKEN.format(page="Blog") in add("/blog/feed", "https://a.example/")["old_path"]


@pytest.mark.parametrize("typed", ["/search/", "/sitemap.xml", "/robots.txt", "/admin/login/"])
def test_one_from_an_address_that_every_clinic_has_is_refused(add, visit, typed):
    assert visit(typed).status_code != 404
    assert (
        "Every clinic’s site has something of its own at this address"
        in add(typed, "https://a.example/")["old_path"]
    )


@pytest.mark.parametrize(
    "typed", ["/about", "/About-us", "/about-us/history", "/draft", "/documents/12/fees.pdf", "/blog/2019"]
)
def test_one_from_an_address_where_nothing_answers_is_followed(clinic, add, visit, typed):
    StandardPageFactory(parent=clinic.home, title="About us", slug="about-us")
    StandardPageFactory(parent=clinic.home, title="Draft", slug="draft", live=False)
    BlogIndexPageFactory(parent=clinic.home, title="Blog", slug="blog")
    assert add(typed, "https://a.example/") == {}
    assert visit(typed)["Location"] == "https://a.example/"


def test_one_for_all_sites_is_refused_only_where_every_clinic_has_a_page_there(clinic, other_clinic, add):
    StandardPageFactory(parent=clinic.home, title="About us", slug="about-us")
    assert add("/about-us", "https://a.example/", site=None) == {}
    Redirect.objects.all().delete()
    StandardPageFactory(parent=other_clinic.home, title="About us", slug="about-us")
    assert "Every clinic" in add("/about-us", "https://a.example/", site=None)["old_path"]


def test_a_file_of_redirects_says_which_of_them_would_never_be_followed(clinic, superuser):
    StandardPageFactory(parent=clinic.home, title="About us", slug="about-us")
    file = SimpleUploadedFile(
        "r.csv", b"from,to\n/about-us,https://a.example/\n/old,https://a.example/\n", content_type="text/csv"
    )
    shown = superuser.post("/admin/redirects/import/", {"import_file": file, "input_format": "0"})
    sent = {name: shown.context["form"].initial[name] for name in ("import_file_name", "input_format")}
    sent |= {"from_index": "0", "to_index": "1", "site": clinic.site.pk, "permanent": "on"}
    said = superuser.post("/admin/redirects/import/process/", sent)
    assert TAKEN.format(page="About us") in said.text
    assert [row.old_path for row in Redirect.objects.all()] == ["/old"]
