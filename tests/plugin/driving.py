"""Code that is run inside a project: what it answers, and a clinic that is made in it."""

#: Prints a line for each address and person: status, templates, and how many queries the second visit cost.
VISITS = """
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from wagtail.models import Page, Site

setup_test_environment()
home = Page.objects.get(slug="home", depth=2)
PUBLIC = ["/", "/search/", "/search/?query=hello", "/nothing-here/", "/admin/login/", "/shop/", "/fr/"]
PUBLIC += [f"/{page.slug}/" for page in home.get_children()]
ADMIN = [
    "/admin/", "/admin/pages/", f"/admin/pages/{home.pk}/", f"/admin/pages/{home.pk}/edit/",
    f"/admin/pages/{home.pk}/add_subpage/", f"/admin/pages/{home.pk}/history/", "/admin/pages/search/?q=new",
    f"/admin/pages/{home.pk}/delete/", f"/admin/pages/{home.pk}/move/", f"/admin/pages/{home.pk}/usage/",
    "/admin/choose-page/", f"/admin/choose-page/{home.pk}/", "/admin/choose-page/search/?q=new",
    "/admin/images/", "/admin/images/chooser/", "/admin/documents/", "/admin/snippets/",
    "/admin/reports/locked/", "/admin/reports/workflow/", "/admin/reports/workflow_tasks/",
    "/admin/reports/site-history/", "/admin/reports/aging-pages/", "/admin/reports/page-types-usage/",
    "/admin/users/", "/admin/groups/", "/admin/redirects/", "/admin/sites/", "/admin/collections/",
    "/admin/workflows/list/", "/admin/account/", "/admin/api/main/pages/?for_explorer=1&child_of=1",
    "/admin/settings/library/opening/", "/admin/nothing-here/",
]
for host in ("localhost", "branch.agency.example"):
    for path in PUBLIC:
        print(host, path, (answer := Client(HTTP_HOST=host).get(path)).status_code,
              sorted({template.name for template in answer.templates if template.name}))
people = list(get_user_model().objects.order_by("pk"))
for person in people:
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(person)
    for path in ADMIN:
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(path)
        templates = sorted({template.name for template in answer.templates if template.name})
        print(person.pk, path, answer.status_code, "|".join(templates), len(queries))
"""
#: One visit to each, for what a first visit leaves in the database.
FIRST_VISITS = VISITS.replace("        browser.get(path)\n        with", "        with")

#: The rights that each person and group has, but for those on what is the product's.
RIGHTS = """
from django.contrib.auth import get_user_model
for person in get_user_model().objects.order_by("pk"):
    held = sorted(right for right in person.get_all_permissions() if not right.startswith("clinicsite_"))
    print(person.pk, held)
"""

#: Makes a clinic that follows the library, with a place; what its site says is asked below.
CLINIC = """
from datetime import time
from uuid import uuid4
from wagtail.models import Collection, Site
from clinicsite.clinics.models import ClinicSettings, SiteState
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.home.models import HomePage
from clinicsite.locations.models import LocationIndexPage, LocationPage, LocationPhone, OpeningHours
from clinicsite.modalities.models import ModalityIndexPage, ModalityPage
from clinicsite.provisioning.agency import setup_agency

agency = setup_agency()
body = [{"type": "paragraph", "value": "<p>A thin needle in a tight muscle.</p>", "id": str(uuid4())}]
what = {"kind": "overview", "heading": "What is it?", "body": body}
overview = {"type": "section", "value": what, "id": str(uuid4())}
shared = agency.library.add_child(instance=ModalityPage(
    title="Dry needling", slug="dry-needling", summary="For tight muscles.", sections=[overview]))
shared.save_revision().publish()
home = agency.network.add_child(instance=HomePage(
    title="North Clinic", slug="north", hero_heading="Move easier", promise="We listen first."))
site = Site.objects.create(hostname="north.localhost", port=8000, site_name="North Clinic", root_page=home)
ClinicSettings.objects.create(
    site=site, name="North Clinic", email="desk@north.example", state=SiteState.LIVE)
collection = Collection.get_first_root_node().add_child(instance=Collection(name="North Clinic"))
groups = ensure_clinic_groups(site, collection)
treatments = home.add_child(instance=ModalityIndexPage(
    title="Treatments", slug="treatments", show_in_menus=True))
treatments.add_child(instance=ModalityPage(
    title="Dry needling", slug="dry-needling", summary=None, library_page=shared))
places = home.add_child(instance=LocationIndexPage(title="Locations", slug="locations", show_in_menus=True))
places.add_child(instance=LocationPage(
    title="Main Street", slug="main-street", street="12 Main Street", city="Maplewood", region="ON",
    postal_code="M4C 1B5", time_zone="America/Toronto", is_primary=True,
    phones=[LocationPhone(number="+14165550123", is_primary=True, sort_order=0)],
    opening_hours=[OpeningHours(weekday=0, opens=time(9), closes=time(17), sort_order=0)]))
"""

#: Asks the clinic's site.
CLINIC_SAYS = """
import re
from django.test import Client
from django.test.utils import setup_test_environment

setup_test_environment()
browser = Client(HTTP_HOST="north.localhost:8000")
PAGES = ("/", "/treatments/", "/treatments/dry-needling/", "/locations/main-street/")
for path in (*PAGES, "/sitemap.xml", "/robots.txt"):
    answer = browser.get(path)
    print(path, answer.status_code, answer["Content-Type"])
text = browser.get("/treatments/dry-needling/").content.decode()
print("library:", "A thin needle in a tight muscle." in text, "For tight muscles." in text)
text = browser.get("/locations/main-street/").content.decode()
print("place:", 'href="tel:+14165550123"' in text, "(416) 555-0123" in text, "12 Main Street" in text)
print("hours:", re.search(r"9:00\\s*am", text) is not None, re.search(r"5:00\\s*pm", text) is not None)
stylesheet = re.search(r'href="(/clinicsite/[^"]+\\.css)"', text).group(1)
others = Client(HTTP_HOST="localhost")
print("stylesheet:", others.get(stylesheet).status_code, browser.get(stylesheet).status_code)
answer = browser.get("/nothing-here/")
print("missing:", answer.status_code, "North Clinic" in answer.content.decode())
answer = browser.get("/admin/pages/")
print("admin:", answer.status_code, answer["Location"])
"""

#: Signs an owner of that clinic in on the project's own host, and edits.
OWNER_WORKS = """
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import setup_test_environment
from wagtail.models import Page
from clinicsite.clinics.models import ClinicRole
from clinicsite.modalities.models import ModalityPage

setup_test_environment()
User = get_user_model()
owner = User(**{User.USERNAME_FIELD: "owner@north.example"})
owner.email = "owner@north.example"
owner.set_password("x")
owner.save()
owner.groups.add(ClinicRole.objects.get(role="owner").group)
browser = Client(HTTP_HOST="localhost")
browser.force_login(owner)
page = ModalityPage.objects.get(library_page__isnull=False)
own = ("/admin/", f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/", "/admin/choose-page/")
print("own:", [browser.get(path).status_code for path in own])
home = Page.objects.get(slug="home", depth=2)
print("project's:", browser.get(f"/admin/pages/{home.pk}/edit/").status_code in (302, 403, 404))
shown = browser.get("/admin/pages/", follow=True).content.decode()
print("explorer:", "North Clinic" in shown, f"/admin/pages/{home.pk}/" in shown)
print("preview:", browser.get(f"/admin/pages/{page.pk}/view_draft/").status_code)
"""

#: How a picture of the project's own image model is read.
PICTURES = """
from library.models import CustomImage
from clinicsite.core.pictures.facts import alternative_text
from clinicsite.locations.models import LocationPage

picture = CustomImage.objects.get()
print(repr(alternative_text(picture)))
picture.description = "The gate of our house"
print(alternative_text(picture))
print(LocationPage._meta.get_field("picture").related_model._meta.label)
"""
