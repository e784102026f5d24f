"""What `benchmarks.console` measures; imported once Django is set up."""

import sys
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, Page

from benchmarks.many import add_clinics, make_library
from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.tenancy import collections as collections_kept
from clinicsite.clinics.tenancy import ownership
from clinicsite.core.conf import conf
from clinicsite.home.models import ContactMessage
from clinicsite.library.models import LibraryFolderPage
from clinicsite.modalities.models import ModalityPage
from clinicsite.provisioning.console.filters import needs
from clinicsite.users.models import User

VIEWS = 9
MESSAGES, PICTURES = 10, 20


def measure(options, few: int) -> int:
    """Print what the list costs with few clinics and with all; 1 where the database is not a scratch one."""
    call_command("migrate", verbosity=0)
    if LibraryFolderPage.objects.exists():
        print("This database has a library already. Name an empty one in DATABASE_URL.", file=sys.stderr)
        return 1
    many = make_library(options.pages)
    _add(many, few, options.followers)
    before = _measured()
    _add(many, options.clinics - few, options.followers)
    after = _measured()
    print(f"{connection.vendor}, {options.clinics} clinics, {Page.objects.count():,} pages")
    print(f"{'':<38}{few:>6} clinics{options.clinics:>8} clinics   queries   ratio")
    for name, (spent, _count) in before.items():
        spent_after, count = after[name]
        print(f"{name:<38}{spent:>11.0f} ms{spent_after:>13.0f} ms{count:>10}{spent_after / spent:>8.1f}")
    return 0


def _add(many, count, followers):
    known = {site.pk for site in many.sites}
    add_clinics(many, count, followers)
    new = [site for site in many.sites if site.pk not in known]
    collections = _collections(new)
    _roles(new, collections)
    pictures = [
        get_image_model()(
            title=f"Picture {number}",
            file=f"{collection.pk}-{number}.jpg",
            width=1,
            height=1,
            file_size=1000,
            collection=collection,
        )
        for collection in collections
        for number in range(PICTURES)
    ]
    messages = [
        ContactMessage(
            page_id=site.root_page_id,
            name="Pat",
            email="pat@people.example",
            answered_at=timezone.now() if number else None,
        )
        for site in new
        for number in range(MESSAGES)
    ]
    get_image_model().objects.bulk_create(pictures, batch_size=1000)
    ContactMessage.objects.bulk_create(messages, batch_size=1000)
    ModalityPage.objects.annotate(rest=F("pk") % 10).filter(rest=0).update(
        next_review_on=timezone.localdate() - timedelta(days=1)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _collections(sites):
    top = Collection.get_first_root_node()
    first = top.get_children_count()
    rows = [
        Collection(
            name=site.site_name,
            depth=2,
            path=top.path + f"{first + number:04d}",
        )
        for number, site in enumerate(sites, start=1)
    ]
    Collection.objects.filter(pk=top.pk).update(numchild=first + len(rows))
    return Collection.objects.bulk_create(rows)


def _roles(sites, collections):
    """Owners of each clinic, with a grant on its collection."""
    groups = Group.objects.bulk_create(Group(name=f"{site.hostname}: owners") for site in sites)
    ClinicRole.objects.bulk_create(
        ClinicRole(site=site, role="owner", group=group) for site, group in zip(sites, groups, strict=True)
    )
    permission = Permission.objects.get(codename="add_image", content_type__app_label="wagtailimages")
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for group, collection in zip(groups, collections, strict=True)
    )
    collections_kept.forget()
    ownership.forget()


def _measured() -> dict[str, tuple[float, int]]:
    """{screen: (median in ms, queries)}."""
    browser = Client(HTTP_HOST=conf.AGENCY_HOST)
    user, _ = User.objects.get_or_create(username="benchmark", is_superuser=True, is_active=True)
    browser.force_login(user)
    address = reverse("clinicsite_console:index", urlconf=conf.admin_urlconf)
    matrix = reverse("clinicsite_library:matrix", urlconf=conf.admin_urlconf)
    found = {"the matrix, for comparison": _screen(browser, matrix)}
    screens = {"as it opens": "", "page 2": "?p=2", "searched": "?q=clinic"}
    screens |= {f"only with: {words.lower()}": f"?need={name}" for name, words in needs()}
    screens |= {f"sorted by {name}": f"?sort=-{name}" for name in ("library", "changed", "storage")}
    screens["as a file"] = "clinics.csv"
    return found | {name: _screen(browser, address + query) for name, query in screens.items()}


def _screen(browser, address):
    def read():
        response = browser.get(address)
        assert response.status_code == 200, address
        return b"".join(response)

    read()
    spent = median(_time(read) for _ in range(VIEWS))
    with CaptureQueriesContext(connection) as captured:
        read()
    return spent, len(captured)


def _time(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000
