"""Saving a form changes nothing that it has not shown to whoever saves it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    Page,
    PageViewRestriction,
    Site,
)

from tests.factories import StandardPageFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditors(db):
    """A group of nobody's clinic."""
    return Group.objects.create(name="Auditors of the agency")


@pytest.fixture
def page(clinic, auditors):
    """A clinic's page that its editors and the agency's auditors may read."""
    page = StandardPageFactory(parent=clinic.home, title="For the team")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set([auditors, clinic.groups.editor])
    return page


def readers_of(page):
    return {group.name for group in page.view_restrictions.get().groups.all()}


def save(browser, page, **sent):
    response = browser.post(f"/admin/pages/{page.pk}/privacy/", sent)
    assert response.status_code == 200
    return response


class TestWhoMayReadAPage:
    def test_a_group_that_an_owner_does_not_see_stays(self, clinic, owner, admin_client_of, page, auditors):
        own = clinic.groups
        save(admin_client_of(owner), page, restriction_type="groups", groups=[own.editor.pk, own.owner.pk])
        assert readers_of(page) == {auditors.name, own.editor.name, own.owner.name}

    def test_the_own_groups_go_when_they_are_not_ticked(self, owner, admin_client_of, page, auditors):
        save(admin_client_of(owner), page, restriction_type="groups")
        assert readers_of(page) == {auditors.name}

    def test_the_form_says_that_there_is_one_and_not_which(self, owner, admin_client_of, page):
        shown = admin_client_of(owner).get(f"/admin/pages/{page.pk}/privacy/").json()["html"]
        assert "1 more group, which you do not look after, is chosen too and stays so." in shown
        assert "Auditors" not in shown

    def test_an_owner_gives_no_group_that_they_do_not_see(self, owner, admin_client_of, page):
        other = Group.objects.create(name="Others")
        save(admin_client_of(owner), page, restriction_type="groups", groups=[other.pk])
        assert "Others" not in readers_of(page)

    def test_without_any_group_at_all_it_is_refused_as_ever(self, owner, admin_client_of, page, clinic):
        page.view_restrictions.get().groups.set([clinic.groups.editor])
        refused = save(admin_client_of(owner), page, restriction_type="groups")
        assert "Please select at least one group." in refused.json()["html"]
        assert readers_of(page) == {clinic.groups.editor.name}

    def test_a_superuser_sees_all_and_takes_any_away(self, admin_client_of, page, auditors):
        browser = admin_client_of(UserFactory(is_superuser=True))
        shown = browser.get(f"/admin/pages/{page.pk}/privacy/").json()["html"]
        assert "Auditors" in shown
        assert "more group" not in shown
        other = Group.objects.create(name="Others")
        save(browser, page, restriction_type="groups", groups=[other.pk])
        assert readers_of(page) == {"Others"}

    def test_an_owner_may_still_open_the_own_page_to_all(self, owner, admin_client_of, page):
        save(admin_client_of(owner), page, restriction_type="none")
        assert not page.view_restrictions.exists()


@pytest.fixture
def around(settings):
    """Somebody of a project around the clinics, who looks after its collections and redirects."""
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    home = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname="agency.example", site_name="Agency", root_page=home)
    group = Group.objects.create(name="Project")
    names = ("access_admin", "add_redirect", "change_redirect")
    group.permissions.add(*Permission.objects.filter(codename__in=names))
    collection = Collection.get_first_root_node().add_child(name="Project's files")
    GroupCollectionPermission.objects.create(
        group=group,
        collection=collection,
        permission=Permission.objects.get(codename="change_collection"),
    )
    return UserFactory(groups=[group])


class TestTheProjectAround:
    @pytest.fixture
    def browser(self, around, client):
        client.defaults["HTTP_HOST"] = "agency.example"
        client.force_login(around)
        return client

    def test_a_clinics_group_stays_among_those_of_a_collection(self, clinic, browser, auditors):
        collection = Collection.objects.get(name="Project's files")
        rule = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
        rule.groups.set([clinic.groups.owner])
        address = f"/admin/collections/{collection.pk}/privacy/"
        sent = {"restriction_type": "groups", "groups": [auditors.pk]}
        assert browser.post(address, sent).status_code == 200
        assert {group.name for group in rule.groups.all()} == {auditors.name, clinic.groups.owner.name}

    def test_a_redirect_to_a_clinics_page_can_be_saved_and_goes_on_leading_there(self, clinic, browser):
        redirect = Redirect.objects.create(
            site=Site.objects.get(hostname="agency.example"), old_path="/old", redirect_page=clinic.home
        )
        sent = {
            "old_path": "/older",
            "site": redirect.site_id,
            "is_permanent": "on",
            "redirect_page": clinic.home.pk,
            "redirect_link": "",
        }
        assert browser.post(f"/admin/redirects/{redirect.pk}/", sent).status_code == 302
        redirect.refresh_from_db()
        assert (redirect.old_path, redirect.redirect_page_id) == ("/older", clinic.home.pk)

    def test_a_file_of_redirects_is_read_for_the_projects_own_sites_alone(self, clinic, browser):
        file = SimpleUploadedFile("r.csv", b"from,to\n/a,/b\n", content_type="text/csv")
        shown = browser.post("/admin/redirects/import/", {"import_file": file, "input_format": "0"})
        assert shown.status_code == 200
        offered = [site.site_name for site in shown.context["form"].fields["site"].queryset]
        assert "Agency" in offered
        assert clinic.site.site_name not in offered
