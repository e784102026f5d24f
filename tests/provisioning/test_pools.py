"""Pictures and documents of the agency's that clinics may use and not change, and nobody else sees."""

import re

import pytest
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission

from clinicsite.clinics.models import ClinicGroup, Pool
from clinicsite.clinics.pools import make_pool
from clinicsite.clinics.roles import ensure_agency_groups, ensure_clinic_groups
from clinicsite.clinics.tenancy.ownership import may_give_document, may_show_picture
from clinicsite.provisioning.agency import ensure_clinic, setup_agency
from clinicsite.provisioning.clinics import collections_of, remove_clinic
from clinicsite.provisioning.console.filters import ConsoleFilters
from clinicsite.provisioning.console.grid import Console
from tests.factories import ClinicFactory, ImageFactory, UserFactory
from tests.isolation.naming import document_in

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/clinicsite/pools/"


@pytest.fixture
def administrator(clinic, library):
    of_library = Collection.get_first_root_node().add_child(name="Library")
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], of_library)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def region(administrator, clinic):
    group = ClinicGroup.objects.create(name="Alberta")
    group.sites.add(clinic.site)
    return group


@pytest.fixture
def pool(region):
    return make_pool("Alberta's pictures", region)


@pytest.fixture
def browsers(admin_client_of, clinic, other_clinic):
    """An owner of the clinic in the group, and one of the clinic that is not."""
    return [admin_client_of(UserFactory(groups=[one.groups.owner])) for one in (clinic, other_clinic)]


def offered(browser, clinic, kind="images"):
    page = clinic.home
    opened_from = {"Referer": f"http://localhost/admin/pages/{page.pk}/edit/"}
    html = browser.get(f"/admin/{kind}/chooser/", headers=opened_from).json()["html"]
    return {int(pk) for pk in re.findall(r"/chosen/(\d+)/", html)}


class TestUse:
    def test_the_clinics_of_a_group_choose_from_its_pool_and_others_do_not(
        self, pool, clinic, other_clinic, browsers
    ):
        image, document = ImageFactory(collection=pool.collection), document_in(pool.collection)
        inside, outside = browsers
        assert image.pk in offered(inside, clinic)
        assert document.pk in offered(inside, clinic, "documents")
        assert image.pk not in offered(outside, other_clinic)
        assert document.pk not in offered(outside, other_clinic, "documents")
        address = f"/admin/images/chooser/chosen/{image.pk}/"
        assert inside.get(address).status_code == 200
        assert outside.get(address).status_code in (302, 404)

    def test_the_agencys_pool_is_for_every_clinic_and_for_those_that_come(
        self, administrator, admin_client_of, clinic, other_clinic, browsers
    ):
        pool = make_pool("Everybody's")
        image = ImageFactory(collection=pool.collection)
        for browser, one in zip(browsers, (clinic, other_clinic), strict=True):
            assert image.pk in offered(browser, one)
        new = ClinicFactory()
        assert image.pk in offered(admin_client_of(UserFactory(groups=[new.groups.editor])), new)

    def test_a_clinics_form_takes_its_pools_picture_and_no_other_groups(
        self, pool, clinic, other_clinic, browsers
    ):
        settings = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
        inside, _ = browsers
        strange = make_pool("Strange", ClinicGroup.objects.create(name="Elsewhere"))
        for picture, is_taken in (
            (ImageFactory(collection=pool.collection), True),
            (ImageFactory(collection=strange.collection), False),
        ):
            form = inside.get(settings).context["form"]
            sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
            sent |= {
                f"{one}-{count}_FORMS": 0
                for one in ("insurers", "social_links")
                for count in ("TOTAL", "INITIAL")
            }
            answer = inside.post(settings, sent | {"logo": picture.pk})
            assert (answer.status_code == 302) is is_taken
            clinic.settings.refresh_from_db()
            assert (clinic.settings.logo_id == picture.pk) is is_taken

    def test_its_pages_show_it_until_it_leaves_the_group(self, pool, region, clinic, other_clinic):
        document = document_in(pool.collection)
        key = pool.collection_id
        assert may_show_picture(key, clinic.site.pk)
        assert not may_show_picture(key, other_clinic.site.pk)
        assert not may_show_picture(key, None)
        address = document.url
        assert Client(HTTP_HOST=clinic.host).get(address).status_code == 200
        assert Client(HTTP_HOST=other_clinic.host).get(address).status_code == 404
        region.sites.set([other_clinic.site])
        assert not may_show_picture(key, clinic.site.pk)
        assert may_give_document(key, other_clinic.site.pk)
        region.sites.clear()
        assert not GroupCollectionPermission.objects.filter(
            collection=key, group__clinicsite_role__isnull=False
        ).exists()

    def test_no_clinic_changes_or_deletes_what_is_in_it(self, pool, clinic, browsers):
        image, document = ImageFactory(collection=pool.collection), document_in(pool.collection)
        inside, _ = browsers
        for address in (
            f"/admin/images/{image.pk}/",
            f"/admin/images/{image.pk}/delete/",
            f"/admin/documents/edit/{document.pk}/",
            f"/admin/documents/delete/{document.pk}/",
        ):
            inside.post(address, {"title": "Taken over", "collection": clinic.collection.pk})
        bulk = f"/admin/bulk/image/customimage/delete/?next=/admin/images/&id={image.pk}"
        inside.post(bulk)
        assert get_image_model().objects.get().title == image.title
        assert get_document_model().objects.get().title == document.title

    def test_no_clinic_puts_anything_into_it(self, pool, browsers):
        text = browsers[0].get("/admin/images/add/").text
        assert f'<option value="{pool.collection_id}"' not in text

    def test_nobody_sees_where_others_use_its_pictures(self, region, pool, clinic, other_clinic, browsers):
        region.sites.add(other_clinic.site)
        image = ImageFactory(collection=pool.collection)
        other_clinic.settings.logo = image
        other_clinic.settings.save()
        answer = browsers[0].get(f"/admin/images/usage/{image.pk}/")
        assert answer.status_code in (302, 404) or "South" not in answer.text


class TestKept:
    def test_roles_made_again_keep_their_pools(self, pool, clinic, library, browsers):
        image = ImageFactory(collection=pool.collection)
        ensure_clinic_groups(clinic.site, clinic.collection)
        assert image.pk in offered(browsers[0], clinic)
        setup_agency()
        assert image.pk in offered(browsers[0], clinic)
        _groups, collection = ensure_clinic(clinic.site, lambda line: None)
        assert collection == clinic.collection

    def test_a_pool_does_not_go_with_its_only_clinic(self, pool, clinic):
        image = ImageFactory(collection=pool.collection)
        assert collections_of(clinic.site) == [clinic.collection]
        remove_clinic(clinic.site)
        assert get_image_model().objects.get() == image
        assert Pool.objects.get().collection.name == "Alberta's pictures"

    def test_its_files_count_as_no_clinics_storage(self, pool, administrator):
        ImageFactory(collection=pool.collection)
        console = Console(administrator, ConsoleFilters())
        (row,) = console.rows(console.clinics.sites)
        sizes = dict(zip([column.name for column in console.columns], row.values, strict=True))
        assert sizes["storage"] == 0


class TestScreen:
    def test_an_administrator_makes_one_for_a_group_and_for_all(self, admin_client_of, administrator, region):
        browser = admin_client_of(administrator)
        browser.post(ADDRESS, {"group": region.pk, "name": "Alberta's"})
        browser.post(ADDRESS, {"group": "", "name": "Everybody's"})
        assert [(str(one), one.group) for one in Pool.objects.all()] == [
            ("Alberta's", region),
            ("Everybody's", None),
        ]
        again = browser.post(ADDRESS, {"group": "", "name": "Again"})
        assert again.context["form"].errors["group"] == ["There is a pool for every clinic already."]
        text = browser.get(ADDRESS).text
        assert "the clinics of Alberta" in text
        assert "0 pictures" in text

    def test_only_an_empty_one_is_removed_and_its_group_stays_until_then(
        self, admin_client_of, administrator, pool, region
    ):
        browser = admin_client_of(administrator)
        image = ImageFactory(collection=pool.collection)
        browser.post(f"{ADDRESS}{pool.pk}/remove/")
        assert Pool.objects.exists()
        answer = browser.post(f"/admin/clinicsite/groups/delete/{region.pk}/", follow=True)
        assert "it has a pool" in answer.text
        assert ClinicGroup.objects.exists()
        image.delete()
        browser.post(f"{ADDRESS}{pool.pk}/remove/")
        assert not Pool.objects.exists()
        assert not Collection.objects.filter(name="Alberta's pictures").exists()
        browser.post(f"/admin/clinicsite/groups/delete/{region.pk}/")
        assert not ClinicGroup.objects.exists()

    @pytest.mark.parametrize("who", ["owner", "library_editor"])
    def test_nobody_else_may(self, who, request, admin_client_of, pool):
        browser = admin_client_of(request.getfixturevalue(who))
        assert browser.get(ADDRESS).status_code == 404
        assert browser.post(f"{ADDRESS}{pool.pk}/remove/").status_code == 404
