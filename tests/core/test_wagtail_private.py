"""What no release of Wagtail promises is still as we read it."""

import inspect
import json
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import DisallowedHost
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_save
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.search.index import insert_or_update_object
from wagtail.search.models import IndexEntry
from wagtail.url_routing import RouteResult

from clinicsite.core import publishing, wagtail_private
from home.models import StandardPage
from tests.factories import ImageFactory, LocationPageFactory, StandardPageFactory
from tests.factories.sections import section, stored

#: The words under which others keep what only `wagtail_private` may name.
PRIVATE = re.compile(
    r"_wagtail_site|_wagtail_route_for_request|\bserve_pattern\b(?!\()|_get_raw_host|_cached_parent_obj"
    r"|Page\._get_path|Page\._slug_is_available|wagtail\.publish\.scheduled|_current_workflow_states"
    r"|render_modal_json|cleaned_form|_cluster_related_objects|Image\.SAVE|_csp_"
)


@pytest.fixture
def request_():
    return RequestFactory().get("/")


@pytest.fixture
def page(clinic):
    return StandardPageFactory(parent=clinic.home, title="Fees", summary="As it was.")


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def under_review(page, clinic, editor):
    """The page with a draft that waits for the owner."""
    task = GroupApprovalTask.objects.create(name="The owner reads it")
    task.groups.set([clinic.groups.owner])
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=clinic.home)
    page.save_revision()
    page.get_workflow().start(page, editor)
    return page


def test_each_function_has_a_test_here():
    names = [name for name, one in inspect.getmembers(wagtail_private, inspect.isfunction) if is_ours(one)]
    assert len(names) > 15
    here = Path(__file__).read_text()
    assert [name for name in names if f"wagtail_private.{name}(" not in here] == []


def is_ours(function):
    return function.__module__ == wagtail_private.__name__


@pytest.mark.parametrize("room", ["core", "clinics"])
def test_nothing_else_names_what_is_private(room):
    files = Path(django_settings.PACKAGE_DIR, room).rglob("*.py")
    others = [path for path in files if path.name != "wagtail_private.py"]
    assert [path.name for path in others if PRIVATE.search(path.read_text())] == []


def test_a_site_that_is_kept_spares_wagtail_its_search(clinic, request_, django_assert_num_queries):
    wagtail_private.keep_site(request_, clinic.site)
    with django_assert_num_queries(0):
        assert Site.find_for_request(request_) == clinic.site
    assert wagtail_private.site_kept(request_) == clinic.site


def test_no_site_that_is_kept_is_no_default_site_either(clinic, request_):
    Site.objects.update(is_default_site=False)
    Site.objects.filter(pk=clinic.site.pk).update(is_default_site=True)
    wagtail_private.keep_site(request_, None)
    assert Site.find_for_request(request_) is None


def test_wagtail_keeps_the_site_that_it_finds_under_the_same_name(clinic):
    request = RequestFactory(HTTP_HOST="north.localhost").get("/")
    assert wagtail_private.site_kept(request) is None
    assert wagtail_private.site_kept(None) is None
    Site.find_for_request(request)
    assert wagtail_private.site_kept(request) == clinic.site


def test_a_route_that_is_kept_is_the_one_that_wagtail_serves(page, request_, django_assert_num_queries):
    kept = RouteResult(page)
    wagtail_private.keep_route(request_, kept)
    with django_assert_num_queries(0):
        assert Page.route_for_request(request_, "elsewhere/") is kept


@pytest.mark.parametrize("path", ["", "fees/", "treatments/dry-needling/"])
def test_the_pattern_of_pages_is_the_one_that_addresses_are_made_from(path):
    assert re.fullmatch(wagtail_private.serve_pattern(), path)[1] == path
    assert reverse("wagtail_serve", args=(path,), urlconf="wagtail.urls") == f"/{path}"


def test_the_host_is_known_as_it_came_even_where_we_do_not_serve_it(settings):
    settings.ALLOWED_HOSTS = ["north.localhost"]
    request = RequestFactory(HTTP_HOST="Nowhere.example:8000").get("/")
    with pytest.raises(DisallowedHost):
        request.get_host()
    assert wagtail_private.raw_host_of(request) == "Nowhere.example:8000"


def test_a_parent_that_is_kept_is_not_asked_for(clinic, page, django_assert_num_queries):
    child = Page.objects.get(pk=page.pk)
    assert wagtail_private.parent_kept(child) is None
    wagtail_private.keep_parent(child, clinic.home)
    with django_assert_num_queries(0):
        assert child.get_parent() is clinic.home
        assert wagtail_private.parent_kept(child) is clinic.home


def test_a_parent_that_was_asked_for_once_is_kept(clinic, page):
    child = Page.objects.get(pk=page.pk)
    child.get_parent()
    assert wagtail_private.parent_kept(child).pk == clinic.home.pk


def test_the_path_of_a_child_is_the_one_it_gets(clinic):
    children = [StandardPageFactory(parent=clinic.home) for _ in range(3)]
    before = clinic.home.get_children().count() - len(children)
    paths = [wagtail_private.path_of_child(clinic.home, before + number) for number in (1, 2, 3)]
    assert paths == [child.path for child in children]


def test_a_slug_is_free_unless_a_sibling_has_it(clinic, page):
    assert wagtail_private.is_slug_free("prices", clinic.home)
    assert not wagtail_private.is_slug_free("fees", clinic.home)
    assert wagtail_private.is_slug_free("fees", clinic.home, page)


def test_wagtail_asks_our_pages_for_a_free_slug(clinic):
    page = clinic.home.add_child(instance=StandardPage(title="Search"))
    assert page.slug == "search-2"


def due(page):
    revision = page.save_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    return revision


def test_what_publishes_at_a_set_time_says_so(page):
    due(page)
    call_command("publish_scheduled")
    assert PageLogEntry.objects.filter(page=page.pk, action=wagtail_private.SCHEDULED).exists()


def test_cancelling_a_schedule_is_told_from_any_other_change(page, browser):
    revision = page.save_revision()
    seen = []

    def note(sender, instance, update_fields=None, **kwargs):
        seen.append(wagtail_private.is_taken_off_schedule(instance, update_fields))

    post_save.connect(note, sender=Revision)
    try:
        page.go_live_at = timezone.now() + timedelta(days=1)
        revision = page.save_revision()
        revision.publish()
        assert seen
        assert not any(seen)
        browser.post(f"/admin/pages/{page.pk}/revisions/{revision.pk}/unschedule/")
    finally:
        post_save.disconnect(note, sender=Revision)
    assert seen[-1]


def test_a_review_that_is_hidden_outlives_a_publish(under_review):
    action = PublishPageRevisionAction(under_review.get_latest_revision())
    assert action.object.current_workflow_state
    wagtail_private.hide_reviews(action.object)
    assert action.object.current_workflow_state is None
    assert not action.object.workflow_in_progress
    action.execute(skip_permission_checks=True)
    assert Page.objects.get(pk=under_review.pk).specific.workflow_in_progress


def test_a_review_that_is_not_hidden_ends_with_a_publish(under_review):
    under_review.get_latest_revision().publish()
    assert not Page.objects.get(pk=under_review.pk).specific.workflow_in_progress


def test_the_screen_for_a_new_page_is_told_from_the_editor(clinic, page, browser):
    adding = browser.get(f"/admin/pages/add/home/standardpage/{clinic.home.pk}/").wsgi_request
    editing = browser.get(f"/admin/pages/{page.pk}/edit/").wsgi_request
    assert wagtail_private.is_adding(adding)
    assert not wagtail_private.is_adding(editing)


@pytest.mark.parametrize(("data", "wanted"), [({"include_descendants": "on"}, True), ({}, False)])
def test_a_bulk_action_says_whether_it_is_for_the_pages_below(page, browser, data, wanted):
    seen = []

    def note(request, action_type, objects, action):
        seen.append(wagtail_private.includes_descendants(action))

    with hooks.register_temporarily("before_bulk_action", note):
        browser.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", data)
    assert seen == [wanted]


def test_the_pop_up_to_approve_goes_back_to_where_it_was_opened(under_review, browser):
    def never(draft):
        return ["Not today."]

    publishing.register_publishing_guard(never)
    state = under_review.current_workflow_task_state
    address = f"/admin/pages/workflow/action/{under_review.pk}/approve/{state.pk}/"
    try:
        response = browser.post(address, {"comment": ""}, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    finally:
        publishing._guards.remove(never)
    # `wagtail_private.leave_pop_up(view, request)` has answered.
    edit = reverse("wagtailadmin_pages:edit", args=[under_review.pk], urlconf=django_settings.AGENCY_URLCONF)
    assert json.loads(response.content) == {"step": "success", "redirect": edit}


def test_who_acts_in_the_admin_is_known_there_and_nowhere_else(browser, owner):
    seen = []

    def note(request, panels):
        seen.append(wagtail_private.acting_user())

    with hooks.register_temporarily("construct_homepage_panels", note):
        browser.get("/admin/")
    assert seen == [owner]
    assert wagtail_private.acting_user() is None


def test_the_rows_of_a_draft_are_in_memory_and_those_of_a_stored_page_are_not(clinic):
    place = LocationPageFactory(parent__parent=clinic.home)
    place.save_revision(clean=False)
    assert wagtail_private.is_in_memory(place.get_latest_revision_as_object(), "phones")
    assert not wagtail_private.is_in_memory(type(place).objects.get(pk=place.pk), "phones")


def test_a_stream_reads_its_blocks_as_they_are_asked_for(clinic, django_assert_num_queries):
    block = StandardPage._meta.get_field("sections").stream_block
    images = [ImageFactory(), ImageFactory()]
    bodies = [[{"type": "picture", "value": {"image": image.pk, "alt": "A room."}}] for image in images]
    raw = json.loads(stored([section(f"Room {n}", body=body) for n, body in enumerate(bodies)]))
    with django_assert_num_queries(0):
        stream = wagtail_private.stream_of(block, raw)
        assert list(stream.raw_data) == raw
    # All pictures at once, and all their renditions.
    with django_assert_num_queries(2):
        shown = [one.value["body"][0].value["image"] for one in stream]
    assert shown == images


def test_the_index_keeps_the_words_of_a_page_where_we_read_them(page):
    page.summary = "An hour is ninety dollars."
    page.save()
    insert_or_update_object(page)
    column = wagtail_private.index_text_column(connection)
    (text,) = IndexEntry.objects.filter(object_id=str(page.pk)).values_list(column, flat=True)
    assert "ninety dollars" in text


def test_a_formats_writer_is_what_saves_a_picture():
    written = []

    def write(image, file, name):
        written.append(image.encoderinfo)

    Image.register_save("SAMPLE", write)
    try:
        assert wagtail_private.writer_of("SAMPLE") is write
        Image.new("RGB", (2, 2)).save(BytesIO(), "SAMPLE", speed=3)
    finally:
        del Image.SAVE["SAMPLE"]
    assert written == [{"speed": 3}]
