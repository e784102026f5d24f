"""A project that has grown writes a page type of its own by the guide, and it follows the library."""

from tests.plugin import grown

#: A course of the library, with a section that is locked; its clinic has a list and follows it by one click.
COURSE = """
from uuid import uuid4
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import setup_test_environment
from wagtail.models import Collection, Site
from clinicsite.clinics.models import ClinicRole, ClinicSettings, SiteState
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.home.models import HomePage
from clinicsite.library.releasing.releases import release_to_all, release_to_pilots
from clinicsite.provisioning.agency import setup_agency
from courses.models import CourseIndexPage, CoursePage

setup_test_environment()


def section(kind, heading, words):
    body = [{"type": "paragraph", "value": f"<p>{words}</p>", "id": str(uuid4())}]
    value = {"kind": kind, "heading": heading, "body": body}
    return {"type": "section", "value": value, "id": str(uuid4())}


def clinic_at(name):
    home = agency.network.add_child(instance=HomePage(
        title=name, slug=name.lower(), hero_heading="Move easier", promise="We listen first."))
    site = Site.objects.create(
        hostname=f"{name.lower()}.localhost", port=8000, site_name=name, root_page=home)
    ClinicSettings.objects.create(
        site=site, name=name, email=f"desk@{name.lower()}.example", state=SiteState.LIVE)
    collection = Collection.get_first_root_node().add_child(instance=Collection(name=name))
    ensure_clinic_groups(site, collection)
    owner = User(email=f"owner@{name.lower()}.example")
    owner.set_password("x")
    owner.save()
    owner.groups.add(ClinicRole.objects.get(site=site, role="owner").group)
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(owner)
    return site, browser


def words_on(site):
    return Client(HTTP_HOST=f"{site.hostname}:8000").get("/courses/back-school/").content.decode()


def post(browser, address, **data):
    return browser.post(f"/admin/clinicsite/library/{address}/", data).status_code


User = get_user_model()
agency = setup_agency()
boss = User.objects.get(email="boss@agency.example")
course = agency.library.add_child(instance=CoursePage(
    title="Back school", slug="back-school", summary="Six evenings at {clinic}.", duration="six weeks",
    sections=[section("overview", "What is it?", "We lift and carry."),
              section("risks", "Risks", "You may be stiff for a day.")]))
course.save_revision().publish()
(north, norths), (south, souths) = clinic_at("North"), clinic_at("South")

shown = norths.get("/admin/clinicsite/library/add/").content.decode()
print("no list:", "Make a courses page first" in shown,
      norths.get("/admin/clinicsite/library/updates/").status_code)
for site in (north, south):
    index = site.root_page.add_child(instance=CourseIndexPage(title="Courses", slug="courses"))
    index.save_revision().publish()
print("added:", post(norths, "add", one=f"{course.pk}|live"), post(souths, "add", one=f"{course.pk}|live"))
mine = CoursePage.objects.of_site(north).get()
text = words_on(north)
print("library:", "We lift and carry." in text, "Six evenings at North." in text, "six weeks" in text)
print("index:", "/courses/back-school/" in
      Client(HTTP_HOST="north.localhost:8000").get("/courses/").content.decode())
edit = norths.get(f"/admin/pages/{mine.pk}/edit/").content.decode()
print("editor:", "What is it?" in edit, "Locked" in edit, 'name="duration-source"' in edit)
print("neighbour:", souths.get(f"/admin/pages/{mine.pk}/edit/").status_code in (302, 403, 404))
draft = course.get_latest_revision_as_object()
draft.duration = "eight weeks"
draft.save_revision()
pilot = release_to_pilots(course.pk, boss, [north], note="Longer.", is_unapproved_ok=True)
print("pilot:", "eight weeks" in words_on(north), "eight weeks" in words_on(south))
chief = Client(HTTP_HOST="localhost")
chief.force_login(boss)
print("screens:", [chief.get(f"/admin/clinicsite/library/{name}").status_code for name in (
    "matrix/?type=courses.coursepage", "releases/", f"pages/{course.pk}/release/",
    f"pages/{course.pk}/preview/{south.pk}/content/")])
matrix = chief.get("/admin/clinicsite/library/matrix/?type=courses.coursepage").content.decode()
print("matrix:", "Back school" in matrix, "north.localhost" in matrix)
visitor = Client(HTTP_HOST="north.localhost:8000")
for path in ("/sitemap.xml", "/llms.txt", "/search/?q=carry"):
    print(path, "/courses/back-school/" in visitor.get(path).content.decode())
"""
COURSE_IS = """no list: True 200
added: 302 302
library: True True True
index: True
editor: True True True
neighbour: True
pilot: True False
screens: [200, 200, 200, 200]
matrix: True True
/sitemap.xml True
/llms.txt True
/search/?q=carry True
"""
CHECK = """
from django.core.management import call_command
call_command("check", fail_level="WARNING")
call_command("makemigrations", check_changes=True, dry_run=True)
"""
TABLES = """
from django.db import connection
print([name for name in connection.introspection.table_names() if name.startswith(("courses", "clinicsite"))])
"""
LEFT = "from courses.models import CoursePage\nprint(CoursePage.objects.count())"


def test_a_type_made_by_the_guide_follows_the_library_and_goes_again(start_project):
    project = grown.project(start_project)
    before = set(project.ask(grown.EVERY_ROW).splitlines())
    project.add_clinicsite()
    said = project.add_page_types()
    assert "Create model CoursePage" in said
    assert "No changes detected" in project.ask(CHECK)
    written = (project.folder / "courses/migrations/0001_initial.py").read_text(encoding="utf-8")
    assert "clinicsite." not in written
    assert "'library.customimage'" in written
    assert project.ask(COURSE) == COURSE_IS
    said = project.manage("remove_clinicsite", "--yes")
    assert "Your courses.coursepage derives from the product: delete the class, and make a migration." in said
    assert project.ask(LEFT).strip() == "0"
    project.put_back(*project.before)
    project.append("agency/settings/base.py", 'INSTALLED_APPS = ["courses", *INSTALLED_APPS]')
    assert "Delete model CoursePage" in project.manage("makemigrations", "courses")
    project.manage("migrate", "--verbosity", "0")
    project.put_back("agency/settings/base.py")
    tables, rows = project.ask_at_once(TABLES, grown.EVERY_ROW)
    assert tables.strip() == "[]"
    left = set(rows.splitlines())
    assert before - left == set()
    assert {row.split()[0] for row in left - before if "owner@" not in row} <= {"wagtailusers_userprofile"}
