"""What `benchmarks.screens` measures; imported once Django is set up."""

import sys
from time import perf_counter

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from benchmarks.many import add_clinics, make_library
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.core.conf import conf
from clinicsite.home.models import ContactMessage
from clinicsite.library.models import LibraryFolderPage
from clinicsite.modalities.models import ModalityPage
from clinicsite.users.models import User

VIEWS = 3
MESSAGES, PICTURES = 10, 20
#: So much slower, or so many queries more, is called growing.
GROWS = 1.3
#: What takes less, in ms, is not called slower.
NOTICED = 20


def measure(options, few: int) -> int:
    """Print what each screen costs with few clinics and with all; 1 where the database is no scratch one."""
    call_command("migrate", verbosity=0)
    if LibraryFolderPage.objects.exists():
        print("This database has a library already. Name an empty one in DATABASE_URL.", file=sys.stderr)
        return 1
    call_command("setup_agency", verbosity=0)
    many = make_library(options.pages)
    _add(many, few, options.followers)
    before = _measured(many)
    _add(many, options.clinics - few, options.followers)
    after = _measured(many)
    print(f"{connection.vendor}, {options.clinics} clinics, {Page.objects.count():,} pages")
    print(f"{'':<46}{few:>4} clinics: ms, queries, kB {options.clinics:>6}: ms, queries, kB   ratio")
    for name, old in before.items():
        new = after[name]
        is_slower = new[0] > GROWS * old[0] and new[0] > NOTICED
        star = " *" if is_slower or new[1] > old[1] + 1 else ""
        print(
            f"{name:<46}{old[0]:>10.0f}{old[1]:>6}{old[2]:>7.0f}{new[0]:>16.0f}{new[1]:>6}{new[2]:>7.0f}"
            f"{new[0] / old[0]:>9.1f}{star}"
        )
    return 0


def _add(many, count, followers):
    known = {site.pk for site in many.sites}
    add_clinics(many, count, followers)
    new = [site for site in many.sites if site.pk not in known]
    top = Collection.get_first_root_node()
    for site in new:
        collection = top.add_child(name=site.site_name)
        groups = ensure_clinic_groups(site, collection)
        user = User.objects.create(username=f"owner-{site.pk}", email=f"owner-{site.pk}@people.example")
        user.groups.add(groups.of("owner"))
        _fill(site, collection)
    ModalityPage.objects.annotate(rest=F("pk") % 10).filter(rest=0).update(live=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _fill(site, collection):
    get_image_model().objects.bulk_create(
        get_image_model()(
            title=f"Picture {number}",
            file=f"{collection.pk}-{number}.jpg",
            width=1,
            height=1,
            file_size=1000,
            collection=collection,
        )
        for number in range(PICTURES)
    )
    get_document_model().objects.create(title="Form", file=f"{collection.pk}.pdf", collection=collection)
    Redirect.objects.create(old_path="/old", site=site, redirect_page_id=site.root_page_id)
    ContactMessage.objects.bulk_create(
        ContactMessage(page_id=site.root_page_id, name="Pat", email="pat@people.example")
        for _number in range(MESSAGES)
    )


def _measured(many) -> dict[str, tuple[float, int, float]]:
    """{screen: (least of the views in ms, queries, kB)}."""
    site = many.sites[0]
    agency, _ = User.objects.get_or_create(username="benchmark", is_superuser=True, is_active=True)
    owner = User.objects.get(username=f"owner-{site.pk}")
    follower = ModalityPage.objects.descendant_of(site.root_page).filter(live=True).first()
    library = follower.library_page
    host, staff = site.hostname, conf.AGENCY_HOST
    patients = Client(HTTP_HOST=host)
    found = {
        f"patient: {name}": _screen(patients, address)
        for name, address in {
            "front page": "/",
            "treatment": follower.relative_url(site),
            "search": "/search/?query=needling",
            "nothing here (404)": "/nothing/here/",
            "sitemap": "/sitemap.xml",
        }.items()
    }
    found["visitor: agency's front page"] = _screen(Client(HTTP_HOST=staff), "/")
    for who, person in (("owner", owner), ("agency", agency)):
        browser = Client(HTTP_HOST=staff)
        browser.force_login(person)
        for name, address in _addresses(site, follower, library, owner, agency=person is agency):
            found[f"{who}: {name}"] = _screen(browser, address)
    return found


def _addresses(site, follower, library, owner, agency):
    settings = f"/admin/settings/clinicsite_clinics/clinicsettings/{site.pk}/"
    index = follower.get_parent().pk
    yield from {
        "first screen": "/admin/",
        "explorer of an index": f"/admin/pages/{index}/",
        "editor of a follower": f"/admin/pages/{follower.pk}/edit/",
        "usage of a page": f"/admin/pages/{follower.pk}/usage/",
        "page chooser": f"/admin/choose-page/?page_type=wagtailcore.page&current={index}",
        "page chooser, searched": "/admin/choose-page/search/?q=modality&page_type=wagtailcore.page",
        "pictures": "/admin/images/",
        "picture chooser": "/admin/images/chooser/",
        "add a picture": "/admin/images/add/",
        "documents": "/admin/documents/",
        "settings": settings,
        "messages": "/admin/clinicsite/messages/",
        "redirects": "/admin/redirects/",
        "search of pages": "/admin/pages/search/?q=modality",
        "site history": "/admin/reports/site-history/",
        "library updates": f"/admin/clinicsite/library/updates/?site={site.pk}",
        "synonyms": "/admin/snippets/clinicsite_library/synonymgroup/",
        "missed searches": "/admin/clinicsite/missed-searches/",
        "treatments": "/admin/clinicsite/treatments/",
    }.items()
    if agency:
        group = Group.objects.filter(clinicsite_role__isnull=False).first()
        yield from {
            "explorer of the network": f"/admin/pages/{site.root_page.get_parent().pk}/",
            "explorer of the root": "/admin/pages/",
            "chooser of the network": f"/admin/choose-page/{site.root_page.get_parent().pk}/",
            "usage of a library page": f"/admin/pages/{library.pk}/usage/",
            "editor of a library page": f"/admin/pages/{library.pk}/edit/",
            "release": f"/admin/clinicsite/library/pages/{library.pk}/release/",
            "releases": "/admin/clinicsite/library/releases/",
            "users": "/admin/users/",
            "edit a user": f"/admin/users/edit/{owner.pk}/",
            "add a user": "/admin/users/new/",
            "groups": "/admin/groups/",
            "edit a group": f"/admin/groups/edit/{group.pk}/",
            "sites": "/admin/sites/",
            "collections": "/admin/collections/",
            "all clinics": "/admin/clinicsite/clinics/",
            "audit log": "/admin/clinicsite/audit/",
            "workflows": "/admin/workflows/list/",
            "locked pages": "/admin/reports/locked/",
            "aging pages": "/admin/reports/aging-pages/",
        }.items()


def _screen(browser, address) -> tuple[float, int, float]:
    def read():
        response = browser.get(address, follow=False)
        if response.status_code not in (200, 404):
            print(f"{response.status_code} {address}", file=sys.stderr)
        return b"".join(response)

    size = len(read()) / 1000
    spent = min(_time(read) for _ in range(VIEWS))
    with CaptureQueriesContext(connection) as captured:
        read()
    return spent, len(captured), size


def _time(run) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000
