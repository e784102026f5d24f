"""What no release of Wagtail promises is still as we read it."""

import inspect
import json
import re
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import wagtail
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.exceptions import DisallowedHost, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models.signals import post_save
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from PIL import Image
from taggit.models import Tag
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import filters
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.localization import get_localized_response
from wagtail.admin.panels import PublishingPanel, get_form_for_model
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views import collection_privacy
from wagtail.admin.views.generic import EditView
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.blocks import ChooserBlock, PageChooserBlock
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.images.views import chooser as image_chooser
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.permissions import policy_registry
from wagtail.rich_text import EmbedHandler, LinkHandler, expand_db_html, features
from wagtail.search.index import insert_or_update_object
from wagtail.sites.forms import SiteForm
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.url_routing import RouteResult
from wagtail.users.models import UserProfile

from clinicsite.clinics.models import ClinicRole, ClinicSettings
from clinicsite.core import publishing, wagtail_private
from clinicsite.core.conf import conf
from clinicsite.home.models import StandardPage, SuggestedResult
from clinicsite.library.models import SectionOverride
from clinicsite.modalities.models import ModalityPage
from tests.factories import ImageFactory, LocationPageFactory, StandardPageFactory, UserFactory
from tests.factories.sections import paragraph, section, stored

#: The words under which others keep what only `wagtail_private` may name.
PRIVATE = re.compile(
    r"_wagtail_site|_wagtail_route_for_request|\bserve_pattern\b(?!\()|_get_raw_host|_cached_parent_obj"
    r"|Page\._get_path|Page\._slug_is_available|wagtail\.publish\.scheduled|_current_workflow_states"
    r"|render_modal_json|cleaned_form|_cluster_related_objects|Image\.SAVE|_csp_|register_save"
    r"|resolver_match\.view_name|content_type_app_name|frozenset\(\{\"approved_go_live_at|get_active_log_context"
    r"|PublishMenuItem|WorkflowMenuItem|launch_modal|self\.is_deferred_validation|def defer_required_fields"
    r"|RelationComparison|get_mapping|StreamFieldComparison|construct_options|link_entity|LinkElementHandler"
    r"|is_lazy|IndexEntry|body_text|wagtail_userprofile|get_current_time_zone\b"
    r"|_post_clean|\.value_from_form =|\.get_instance =|_extract_references_from_object"
    r"|\.extract_references\("
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
    WorkflowPage.objects.filter(page=clinic.home).update(workflow=workflow)
    page.save_revision()
    page.get_workflow().start(page, editor)
    return page


def test_each_function_has_a_test_here():
    names = public_names()
    assert len(names) > 30
    here = Path(__file__).read_text()
    assert [name for name in names if not re.search(rf"wagtail_private\.{name}\b", here)] == []


def public_names():
    """What the module offers: its functions, classes and constants."""
    here = wagtail_private.__name__
    made = {name for name, one in vars(wagtail_private).items() if getattr(one, "__module__", "") == here}
    constants = {name for name in vars(wagtail_private) if name.isupper()}
    return {name for name in made | constants if not name.startswith("_")}


def rows_of_the_reference():
    """{name: [release, the names of the tests]} of the table of what we lean on."""
    text = Path(django_settings.BASE_DIR, "docs/reference/dependencies.md").read_text()
    table = text.split("## Private API we lean on")[1].split("\n#")[0]
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()]
    rows = [row for row in rows if row[0].startswith("`")]
    return {row[0].strip("`"): [row[2], re.findall(r"`(test_\w+)`", row[4])] for row in rows}


def test_the_reference_has_each_of_them_and_no_other():
    assert set(rows_of_the_reference()) == public_names()


@pytest.mark.parametrize("name", sorted(public_names()))
def test_the_reference_says_in_which_release_it_was_read_and_which_test_knows(name):
    release, tests = rows_of_the_reference()[name]
    assert release in re.sub(r"[\s#]+", " ", said_of(name))
    assert tests
    assert all(name in inspect.getsource(globals()[test]) for test in tests)


def said_of(name):
    """What the module says of a name: below that of a function or a class, above that of a constant."""
    if callable(getattr(wagtail_private, name)):
        return inspect.getdoc(getattr(wagtail_private, name))
    return re.search(rf"((?:^#:.*\n)+)^{name} = ", inspect.getsource(wagtail_private), re.MULTILINE)[1]


@pytest.mark.parametrize(
    "room",
    [
        "clinicsite/clinics",
        "clinicsite/core",
        "clinicsite/demo",
        "clinicsite/library",
        "home",
        "locations",
        "modalities",
    ],
)
def test_nothing_else_names_what_is_private(room):
    files = Path(django_settings.BASE_DIR, room).rglob("*.py")
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


@pytest.mark.parametrize("is_done", [True, False])
def test_what_finishes_a_workflow_is_asked_first_and_goes_on_as_ever(monkeypatch, is_done):
    finished, asked = [], []
    monkeypatch.setattr(WorkflowState, "on_finish", lambda state, user=None: finished.append((state, user)))
    wagtail_private.before_a_workflow_finishes(lambda state, user: asked.append((state, user)) or is_done)
    state = WorkflowState()
    state.on_finish(user="somebody")
    assert asked == [(state, "somebody")]
    assert finished == ([] if is_done else [(state, "somebody")])


def test_the_screen_for_a_new_page_is_told_from_the_editor(clinic, page, browser):
    adding = browser.get(f"/admin/pages/add/clinicsite_home/standardpage/{clinic.home.pk}/").wsgi_request
    editing = browser.get(f"/admin/pages/{page.pk}/edit/").wsgi_request
    assert wagtail_private.is_adding(adding)
    assert not wagtail_private.is_adding(editing)


def test_the_editor_of_the_newest_draft_is_told_from_that_of_an_old_one(page, browser):
    revision = page.save_revision()
    page.save_revision()
    newest = browser.get(f"/admin/pages/{page.pk}/edit/").wsgi_request
    old = browser.get(f"/admin/pages/{page.pk}/revisions/{revision.pk}/revert/").wsgi_request
    assert wagtail_private.is_editing(newest)
    assert not wagtail_private.is_editing(old)
    assert not wagtail_private.is_editing(RequestFactory().get("/"))
    assert not wagtail_private.is_editing(None)


def test_the_type_of_a_new_page_is_known_before_there_is_one(clinic, page, browser):
    adding = browser.get(f"/admin/pages/add/clinicsite_home/standardpage/{clinic.home.pk}/").wsgi_request
    editing = browser.get(f"/admin/pages/{page.pk}/edit/").wsgi_request
    assert wagtail_private.type_being_added(adding) is StandardPage
    assert wagtail_private.type_being_added(editing) is None


@pytest.mark.parametrize(
    ("address", "row"),
    [
        ("/admin/sites/edit/7/", (Site, 7)),
        ("/admin/redirects/7/", (Redirect, 7)),
        ("/admin/groups/edit/7/", (Group, 7)),
        ("/admin/workflows/edit/7/", (Workflow, 7)),
        ("/admin/workflows/remove/3/7/", (Workflow, 7)),
        ("/admin/workflows/tasks/edit/7/", (Task, 7)),
        ("/admin/workflows/task_chooser/7/", (Task, 7)),
        ("/admin/settings/clinicsite_clinics/clinicsettings/7/", (Site, 7)),
        ("/admin/settings/clinicsite_clinics/clinicsettings/7/preview/", (Site, 7)),
        ("/admin/settings/clinicsite_library/emergencyhelp/7/", None),
        ("/admin/settings/no_app/no_model/7/", None),
        ("/admin/pages/7/edit/", None),
    ],
)
def test_the_row_that_an_address_names_is_told(address, row):
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    told = wagtail_private.row_in_address(request)
    assert (told and (told[0], int(told[1]))) == row
    assert row is None or row[0] in {*wagtail_private.KEYED_BY_ADDRESS.values(), Task}


@pytest.mark.parametrize(
    ("address", "get_model"),
    [
        ("/admin/images/7/", get_image_model),
        ("/admin/images/7/delete/", get_image_model),
        ("/admin/images/usage/7/", get_image_model),
        ("/admin/images/multiple/7/", get_image_model),
        ("/admin/images/multiple/create_from_uploaded_image/7/", lambda: UploadedFile),
        ("/admin/images/multiple/delete_upload/7/", lambda: UploadedFile),
        ("/admin/images/chooser/chosen/7/", get_image_model),
        ("/admin/images/chooser/7/select_format/", get_image_model),
        ("/admin/documents/edit/7/", get_document_model),
        ("/admin/documents/multiple/7/delete/", get_document_model),
        ("/admin/documents/multiple/delete_upload/7/", lambda: UploadedFile),
        ("/admin/documents/chooser/chosen/7/", get_document_model),
        ("/admin/sites/edit/7/", None),
    ],
)
def test_the_files_that_an_address_names_are_told(address, get_model):
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    told = [(model, int(key)) for model, key in wagtail_private.files_in_address(request)]
    assert told == ([(get_model(), 7)] if get_model else [])


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("revisions/7/view/", [("Revision", "object_id")]),
        ("revisions/7/revert/", [("Revision", "object_id")]),
        ("revisions/compare/7...8/", [("Revision", "object_id"), ("Revision", "object_id")]),
        ("revisions/compare/earliest...latest/", []),
        ("workflow_history/detail/7/", [("WorkflowState", "object_id")]),
        ("edit/", []),
    ],
)
def test_versions_and_reviews_that_an_address_names_are_told(db, address, expected):
    request = RequestFactory().get(f"/admin/pages/3/{address}")
    request.resolver_match = resolve(request.path)
    told = wagtail_private.parts_of_pages_in_address(request)
    assert [(rows.model.__name__, place) for rows, place in told] == expected
    assert [int(key) for key in wagtail_private.named_in_address(request)[0]] == [3]


@pytest.mark.parametrize(
    "address", ["action/3/approve/7/", "collect_action_data/3/approve/7/", "preview/3/7/"]
)
def test_the_review_that_an_address_names_is_told(db, address):
    request = RequestFactory().get(f"/admin/pages/workflow/{address}")
    request.resolver_match = resolve(request.path)
    ((rows, place),) = wagtail_private.parts_of_pages_in_address(request)
    assert (rows.model, place) == (TaskState, "workflow_state__object_id")


def test_a_link_without_an_address_is_a_mistake_and_no_failure(owner, admin_client_of):
    # wagtail_private.take_no_address_for_an_empty_one was called when Django started.
    answer = admin_client_of(owner).post("/admin/choose-external-link/", {})
    assert answer.status_code == 200
    assert "This field is required" in answer.text


def test_a_chooser_in_which_nothing_is_made_makes_nothing(admin_user, admin_client_of):
    # wagtail_private.make_nothing_without_a_form was called when Django started.
    address = "/admin/snippets/choose/clinicsite_library/synonymgroup/create/"
    assert admin_client_of(admin_user).post(address, {}).status_code == 404


def test_who_only_reads_files_gets_their_lists_without_links(clinic, admin_client_of):
    # wagtail_private.link_no_file_that_is_only_read was called when the hooks were loaded.
    auditors = ClinicRole.objects.get(site=clinic.site, role=ClinicRole.Role.AUDITOR).group
    document = get_document_model()(title="House rules", collection=clinic.collection)
    document.file.save("rules.txt", ContentFile(b"No shoes."))
    document.save()
    for query in ("", f"?collection_id={clinic.collection.pk}"):
        browser = admin_client_of(UserFactory(groups=[auditors]))
        assert browser.get(f"/admin/images/{query}").status_code == 200
        answer = browser.get(f"/admin/documents/{query}")
        assert answer.status_code == 200
        assert "House rules" in answer.text
        assert f"/admin/documents/edit/{document.pk}/" not in answer.text


def test_what_somebody_may_approve_is_found_in_as_many_queries_for_many_clinics(
    clinic, other_clinic, owner, other_owner, django_assert_num_queries
):
    # wagtail_private.find_reviews_at_once was called when Django started.
    states = {}
    for one in (clinic, other_clinic):
        page = StandardPageFactory(parent=one.home, title=f"For {one.site.site_name}", live=False)
        page.save_revision()
        workflow = ClinicRole.objects.filter(site=one.site, workflow__isnull=False).get().workflow
        states[one.site.pk] = workflow.start(page, owner).current_task_state
    root, nobody = UserFactory(is_superuser=True), UserFactory()
    for person, expected in (
        (owner, {states[clinic.site.pk]}),
        (other_owner, {states[other_clinic.site.pk]}),
        (root, set(states.values())),
        (nobody, set()),
    ):
        with django_assert_num_queries(2):
            assert set(TaskState.objects.reviewable_by(person)) == expected
    Task.objects.filter(pk=states[clinic.site.pk].task_id).update(active=False)
    assert not TaskState.objects.reviewable_by(owner).exists()


def test_the_page_below_which_a_copy_goes_is_told(rf):
    for method, address, told in (
        (rf.post, "/admin/pages/3/copy/", ["7"]),
        (rf.get, "/admin/pages/3/copy/", []),
        (rf.post, "/admin/pages/3/delete/", []),
    ):
        request = method(address, {"new_parent_page": "7"})
        request.resolver_match = resolve(address)
        assert wagtail_private.pages_taken_unasked(request) == told


def test_the_admins_api_lists_files_by_two_views_that_an_address_leads_to_or_by_none():
    answering = []
    for files in ("images", "documents"):
        with suppress(NoReverseMatch):
            answering.append(resolve(reverse(f"wagtailadmin_api:{files}:listing")).func.cls)
    assert len(answering) == (2 if wagtail.VERSION < (8, 1) else 0)
    assert wagtail_private.file_lists_of_the_admins_api() == answering


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
    edit = reverse("wagtailadmin_pages:edit", args=[under_review.pk], urlconf=conf.admin_urlconf)
    assert json.loads(response.content) == {"step": "success", "redirect": edit}


def test_who_acts_in_the_admin_is_known_there_and_nowhere_else(browser, owner):
    seen = []

    def note(request, panels):
        seen.append(wagtail_private.acting_user())

    with hooks.register_temporarily("construct_homepage_panels", note):
        browser.get("/admin/")
    assert seen == [owner]
    assert wagtail_private.acting_user() is None


# The editor


def buttons_under(page, browser):
    """What Wagtail puts under the editor of a page."""
    found = []

    def note(menu_items, request, context):
        found.extend(menu_items)

    with hooks.register_temporarily("construct_page_action_menu", note):
        browser.get(f"/admin/pages/{page.pk}/edit/")
    return found


def test_the_buttons_that_publish_and_unpublish_are_told_from_the_others(page, browser):
    buttons = buttons_under(page, browser)
    publishing_ones = {item.name for item in buttons if wagtail_private.publishes(item)}
    assert publishing_ones == {"action-publish", "action-unpublish"}
    assert len(buttons) > len(publishing_ones)


def test_the_buttons_that_publish_and_save_are_taken_from_the_others(page, browser):
    asked = browser.get(f"/admin/pages/{page.pk}/edit/").wsgi_request
    menu = wagtail_private.ButtonsUnderTheEditor(
        asked, view="edit", page=page, lock=None, locked_for_user=False
    )
    before = [item.name for item in menu.left()]
    assert menu.take_publish().name == "action-publish"
    assert menu.take_save_draft().name == "action-save-draft"
    after = [item.name for item in menu.left()]
    assert sorted([*after, "action-publish", "action-save-draft"]) == sorted(before)
    assert menu.take_publish() is None


def test_both_buttons_that_approve_are_known_and_which_asks_for_a_comment(under_review, browser):
    buttons = buttons_under(under_review, browser)
    approvals = [item for item in buttons if wagtail_private.is_approval(item)]
    assert ["Approve" in str(item.label) for item in buttons].count(True) == len(approvals) == 2
    said = {"comment" in str(item.label): wagtail_private.asks_for_comment(item) for item in approvals}
    assert said == {True: True, False: False}


def form_of(page, form_class=WagtailAdminPageForm):
    return get_form_for_model(StandardPage, form_class=form_class, fields=["title"])({}, instance=page)


def test_the_fields_of_a_schedule_have_what_wagtails_have():
    for panel in PublishingPanel().children:
        attributes = {"autocomplete": "off", **wagtail_private.FIELD_OF_SCHEDULE}
        assert panel.widget.attrs == attributes, panel.field_name


def test_a_form_is_known_to_be_checked_for_a_draft_until_that_is_over(page):
    form = form_of(page)
    assert not wagtail_private.is_saved_as_draft(form)
    form.defer_required_fields()
    assert wagtail_private.is_saved_as_draft(form)
    form.restore_required_fields()
    assert not wagtail_private.is_saved_as_draft(form)


def test_wagtail_checks_a_draft_as_one_and_what_goes_live_as_a_whole(clinic, browser):
    place = LocationPageFactory(parent__parent=clinic.home)
    seen = []

    class Noting(type(place).base_form_class):
        def is_valid(self):
            seen.append(wagtail_private.is_saved_as_draft(self))
            return super().is_valid()

    handler = type(place).get_edit_handler()
    made = handler.get_form_class
    handler.get_form_class = lambda: type("NotingForm", (Noting, made()), {})
    try:
        for more in ({}, {"action-publish": "Publish"}):
            browser.post(f"/admin/pages/{place.pk}/edit/", {"title": "Maplewood", **more})
    finally:
        del handler.get_form_class
    assert seen == [True, False]


def test_the_forms_that_a_form_carries_are_checked_as_it_is(page):
    carried = form_of(page)

    class Carrying(wagtail_private.CarriesForms, WagtailAdminPageForm):
        def carried_forms(self):
            return [carried]

    form = form_of(page, Carrying)
    form.defer_required_fields()
    assert carried.is_deferred_validation
    form.restore_required_fields()
    assert not carried.is_deferred_validation


def with_rows(*rows):
    """A page in memory with these (section, heading, words)."""
    page = ModalityPage(title="Dry needling")
    page.clinicsite_section_overrides = [
        SectionOverride(section_id=one, heading=heading, action="replace", body=[paragraph(words)])
        for one, heading, words in rows
    ]
    return page


def test_rows_of_two_revisions_are_compared_in_the_pairs_we_say(db):
    before = with_rows(("a", "One", "Rest."), ("b", "Two", "Walk."), ("c", "Three", "Swim."))
    after = with_rows(("b", "One", "Run."), ("a", "One", "Rest."), ("d", "Three", "Swim."))
    compare = wagtail_private.comparison_of_rows(
        SectionOverride._meta.get_field("page"),
        ("action", "heading", "body"),
        lambda row: row.section_id,
        "Sections of your own",
    )
    shown = compare(before, after)
    assert shown.field_label() == "Sections of your own"
    pairs = {(key_of(one.obj_a), key_of(one.obj_b)): one for one in shown.get_child_comparisons()}
    assert set(pairs) == {("a", "a"), ("b", "b"), ("c", None), (None, "d")}
    assert not pairs["a", "a"].has_changed()
    action, heading, body = (str(one.htmldiff()) for one in pairs["b", "b"].get_field_comparisons())
    assert action == "Ours instead"
    assert heading == '<span class="deletion">Two</span><span class="addition">One</span>'
    assert '<div class="comparison__child-object addition">Run.</div>' in body
    assert '<div class="comparison__child-object deletion">Walk.</div>' in body


def key_of(row):
    return row and row.section_id


@pytest.fixture
def feature():
    """The name of a feature of the rich-text editor that is there for one test."""
    yield "sample"
    features.plugins_by_editor["draftail"].pop("sample", None)
    features.converter_rules_by_converter["contentstate"].pop("sample", None)


def test_a_plugin_adds_to_the_options_of_the_editor_and_brings_its_files(feature):
    menu, chips = {"type": "SAMPLE"}, {"type": "SAMPLE", "props": {}}
    options = {"entityTypes": [menu], "decorators": [chips]}
    plugin = wagtail_private.editor_plugin(options, ["js/sample.js"], {"all": ["css/sample.css"]})
    features.register_editor_plugin("draftail", feature, plugin)
    editor = DraftailRichTextArea(features=["link", feature])
    assert [one["type"] for one in editor.options["entityTypes"]] == ["LINK", "SAMPLE"]
    assert editor.options["decorators"] == [chips]
    assert options == {"entityTypes": [menu], "decorators": [chips]}
    assert "js/sample.js" in str(editor.media)
    assert "css/sample.css" in str(editor.media)


def test_links_are_read_as_we_complete_them_and_written_as_they_were(feature, clinic):
    rule = wagtail_private.link_rule(lambda link: {**link, "url": link["url"] or "/nowhere/"})
    features.register_converter_rule("contentstate", feature, rule)
    converter = ContentstateConverter([feature])
    html = (
        f'<p><a linktype="page" id="{clinic.home.pk}">home</a> <a linktype="page" id="999999">gone</a>'
        ' <a href="https://example.com">elsewhere</a></p>'
    )
    content = converter.from_database_format(html)
    home, gone, elsewhere = (one["data"] for one in json.loads(content)["entityMap"].values())
    parent = clinic.home.get_parent().pk
    assert home == {"id": clinic.home.pk, "url": clinic.home.url, "parentId": parent}
    assert gone == {"id": 999_999, "url": "/nowhere/", "parentId": None}
    assert elsewhere == {"url": "https://example.com"}
    assert converter.to_database_format(content).partition(">")[2] == html.partition(">")[2]


# Stored content


def test_the_rows_of_a_draft_are_in_memory_and_those_of_a_stored_page_are_not(clinic):
    place = LocationPageFactory(parent__parent=clinic.home)
    place.save_revision(clean=False)
    assert wagtail_private.is_in_memory(place.get_latest_revision_as_object(), "phones")
    assert not wagtail_private.is_in_memory(type(place).objects.get(pk=place.pk), "phones")


def test_rich_text_is_expanded_as_wagtail_does_but_for_one_type_of_link(page):
    class Struck(LinkHandler):
        @classmethod
        def expand_db_attributes_many(cls, attrs_list):
            return ["<a struck>" for _attrs in attrs_list]

    page_link = f'<a linktype="page" id="{page.pk}">fees</a>'
    other = '<a href="tel:+14165550123">call</a> <a linktype="document" id="0">map</a>'
    expand = wagtail_private.rich_text_rewriter({"page": Struck})
    assert expand(page_link + other) == "<a struck>fees</a>" + expand_db_html(other)
    assert expand_db_html(page_link) == f'<a href="{page.full_url}">fees</a>'


def test_rich_text_is_expanded_as_wagtail_does_but_for_one_type_of_embed(db):
    class Drawn(EmbedHandler):
        @classmethod
        def expand_db_attributes_many(cls, attrs_list):
            return [f"<i>{attrs['id']}</i>" for attrs in attrs_list]

    film = '<embed embedtype="media" url="https://nowhere.example/film"/>'
    expand = wagtail_private.rich_text_rewriter({}, {"image": Drawn})
    assert expand(f'<embed embedtype="image" id="7"/>{film}') == "<i>7</i>" + expand_db_html(film)


@pytest.fixture
def unpatched(monkeypatch):
    """Wagtail's classes as they are now, put back after the test."""
    for one, names in (
        (WagtailAdminModelForm, ("is_valid", "full_clean", "_post_clean")),
        (ChooserBlock, ("value_from_form", "clean")),
        (BaseChooser, ("get_instance",)),
    ):
        for name in names:
            monkeypatch.setattr(one, name, getattr(one, name))


def test_a_form_and_each_of_its_rows_are_judged_before_the_object_has_what_was_sent(clinic, unpatched):
    asked = []

    def note(what, goes_on=lambda: None):
        asked.append(what)
        return goes_on()

    wagtail_private.judge_forms(
        lambda form, own: note(("valid", type(form.instance)), own),
        lambda form, own: note(("clean", type(form.instance)), own),
        lambda form: note(("judge", form.instance.name, form.cleaned_data.get("name"))),
    )
    rows = inline_formset([{"name": "Maple Shield"}])
    fields = nested_form_data({"name": "Renamed", "insurers": rows, "social_links": inline_formset([])})
    form_class = ClinicSettings.edit_handler.bind_to_model(ClinicSettings).get_form_class()
    form = form_class(fields, instance=clinic.settings)
    before = clinic.settings.name
    form.is_valid()
    assert asked[:3] == [("valid", ClinicSettings), ("clean", ClinicSettings), ("judge", before, "Renamed")]
    assert ("judge", "", "Maple Shield") in asked
    assert clinic.settings.name == "Renamed"


def test_what_a_block_has_chosen_is_judged_and_refused_in_its_place(clinic, page, unpatched):
    block = PageChooserBlock(required=False)
    seen = []

    def judge(model, value, find):
        seen.append((model, value, find()))
        return wagtail_private.NOT_THERE if value == str(page.pk) else find()

    wagtail_private.judge_choosers(judge, "Not this one.", lambda thing: True, lambda model, text: True)
    refused = block.value_from_datadict({"page": str(page.pk)}, {}, "page")
    assert refused is wagtail_private.NOT_THERE
    assert seen == [(Page, str(page.pk), page.page_ptr)]
    with pytest.raises(ValidationError, match="Not this one"):
        block.clean(refused)
    assert block.get_prep_value(refused) is None
    assert block.get_form_state(refused) is None
    taken = block.value_from_datadict({"page": str(clinic.home.pk)}, {}, "page")
    assert block.clean(taken) == clinic.home.page_ptr
    assert block.get_form_state(taken)["id"] == clinic.home.pk


def test_a_chooser_names_what_it_may(clinic, page, unpatched):
    chooser = AdminPageChooser()
    assert chooser.get_value_data(page.pk)["display_title"] == "Fees"
    wagtail_private.judge_choosers(
        lambda model, value, find: find(),
        "",
        lambda thing: thing.pk == clinic.home.pk,
        lambda model, text: text.isdecimal(),
    )
    assert chooser.get_value_data("no key") is None
    assert chooser.get_value_data(page.pk) is None
    assert chooser.get_value_data(clinic.home.pk)["id"] == clinic.home.pk


def test_what_a_value_names_is_found_with_the_way_to_it(clinic, page):
    words = {"type": "paragraph", "id": "b", "value": f'<p><a linktype="page" id="{page.pk}">Fees</a></p>'}
    field = StandardPage._meta.get_field("sections")
    value = field.to_python(json.dumps([{"type": "section", "id": "a", "value": {"body": [words]}}]))
    assert wagtail_private.references_in(field, value) == [(Page, str(page.pk), ["a", "body", "b"])]
    assert wagtail_private.references_in(StandardPage._meta.get_field("summary"), "Words.") == []


def test_what_an_object_and_its_rows_name_is_found(clinic, page):
    home = clinic.home
    home.introduction = f'<p><a linktype="page" id="{page.pk}">Fees</a></p>'
    home.suggested_results = [SuggestedResult(page=clinic.home, words="home")]
    pages = ContentType.objects.get_for_model(Page).pk
    found = wagtail_private.references_of(home)
    assert {(pages, str(page.pk)), (pages, str(clinic.home.pk))} <= found


BLOG = ("home", "blog")


@pytest.mark.parametrize(
    ("name", "kwargs", "page_ids", "types"),
    [
        ("wagtailadmin_pages:edit", {"page_id": 7}, [7], []),
        ("wagtailadmin_explore", {"parent_page_id": 7}, [7], []),
        ("wagtailadmin_pages:add_subpage", {"parent_page_id": 7}, [7], []),
        ("wagtailadmin_pages:move", {"page_to_move_id": 7}, [7], []),
        ("wagtailadmin_pages:move_confirm", {"page_to_move_id": 7, "destination_id": 8}, [7, 8], []),
        ("wagtailadmin_pages:choose_parent", {"app_label": "home", "model_name": "blog"}, [], [BLOG]),
        (
            "wagtailadmin_pages:add",
            {
                "content_type_app_name": "home",
                "content_type_model_name": "blog",
                "parent_page_id": 7,
            },
            [7],
            [BLOG],
        ),
        ("wagtailadmin_home", {}, [], []),
    ],
)
def test_the_pages_and_types_in_an_address_are_known(name, kwargs, page_ids, types):
    path = reverse(name, urlconf=conf.admin_urlconf, kwargs=kwargs)
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path, urlconf=conf.admin_urlconf)
    assert wagtail_private.named_in_address(request) == (page_ids, types)


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


def test_blocks_can_be_read_as_they_are_stored_wherever_they_come_from(page):
    page.sections = json.loads(stored([section("Rooms"), section("Hours")]))
    page.save()
    loaded = StandardPage.objects.get(pk=page.pk)
    before = [dict(child) for child in loaded.sections.raw_data]
    assert [child["value"]["heading"] for child in before] == ["Rooms", "Hours"]
    assert {name for child in before for name in child} == {"type", "value", "id"}
    # Reading a block, or taking one away, leaves the others as they are stored.
    assert loaded.sections[1].value["heading"] == "Hours"
    assert [dict(child) for child in loaded.sections.raw_data] == before
    del loaded.sections[0]
    assert [dict(child) for child in loaded.sections.raw_data] == before[1:]


def test_the_index_keeps_the_words_of_a_page_where_we_read_them(clinic, page, django_assert_num_queries):
    page.summary = "An hour is ninety dollars."
    page.save()
    insert_or_update_object(page)
    with django_assert_num_queries(1):
        ((key, text),) = wagtail_private.indexed_texts([page.pk], [page.content_type_id])
    assert key == page.pk
    assert "ninety dollars" in text
    assert "Fees" not in text
    assert list(wagtail_private.indexed_texts([page.pk], [clinic.home.content_type_id])) == []


def test_a_formats_writer_is_what_saves_a_picture():
    written = []

    def write(image, file, name):
        written.append(image.encoderinfo)

    wagtail_private.replace_writer("SAMPLE", write)
    try:
        assert wagtail_private.writer_of("SAMPLE") is write
        Image.new("RGB", (2, 2)).save(BytesIO(), "SAMPLE", speed=3)
    finally:
        del Image.SAVE["SAMPLE"]
    assert written == [{"speed": 3}]


def test_the_editor_says_which_version_it_was_loaded_with(page, browser, editor):
    page.save_revision(user=editor)
    page = page.specific_class.objects.get(pk=page.pk)
    shown = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    names = ("loaded_revision_id", "loaded_revision_created_at")
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1] for name in names}
    assert not wagtail_private.is_out_of_date(sent, page)
    assert not wagtail_private.is_out_of_date({}, page)
    # An autosave of somebody else writes over the newest revision, under the same key.
    moment = page.latest_revision.created_at + timedelta(seconds=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(created_at=moment)
    page = page.specific_class.objects.get(pk=page.pk)
    assert wagtail_private.is_out_of_date(sent, page)
    assert not wagtail_private.is_out_of_date({"overwrite_revision_id": str(page.latest_revision_id)}, page)
    page.save_revision(user=editor)
    newer = page.specific_class.objects.get(pk=page.pk)
    assert wagtail_private.is_out_of_date(sent, newer)
    assert wagtail_private.is_out_of_date({"overwrite_revision_id": sent[names[0]]}, newer)


def test_a_file_is_new_until_it_is_stored(db):
    picture = ImageFactory.build(collection=Collection.get_first_root_node())
    assert wagtail_private.is_new_file(picture)
    picture.save()
    assert not wagtail_private.is_new_file(picture)
    assert not wagtail_private.is_new_file(type(picture)())


def test_a_picture_knows_the_size_and_the_fingerprint_of_its_present_file(db):
    picture, other = ImageFactory(), ImageFactory(file__width=10, file__height=10)
    picture.file = other.file
    wagtail_private.read_file_again(picture)
    assert picture.file_size == other.file.size
    assert picture.file_hash == other.get_file_hash()


def test_files_that_are_kept_cost_no_query(db, django_assert_num_queries):
    picture = ImageFactory()
    one = Filter(spec="width-10")
    picture.get_rendition(one)
    caches["renditions"].clear()
    with django_assert_num_queries(1):
        found = picture.find_existing_renditions(one)
    wagtail_private.keep_renditions(picture, found)
    with django_assert_num_queries(0):
        assert picture.find_existing_renditions(one) == found


def test_popular_tags_are_those_that_we_choose(page, monkeypatch, rf):
    for module in (image_chooser, filters):
        monkeypatch.setattr(module, "popular_tags_for_model", module.popular_tags_for_model)
    tags = [Tag(name="one"), Tag(name="two")]
    wagtail_private.choose_popular_tags_by(lambda model, count, own: tags[: count - 9])
    request = rf.get("/")
    request.user = UserFactory(is_superuser=True)
    assert image_chooser.popular_tags_for_model(get_image_model()) == tags[:1]
    found = filters.BaseMediaFilterSet
    # By the name of one that is judged: it is among the filter sets of the admin until it is forgotten.
    shown = type(
        "ImagesFilterSet", (found,), {"permission_policy": policy_registry.get_by_type(get_image_model())}
    )
    shown._meta.model = get_image_model()
    assert shown({}, get_image_model().objects.all(), request=request).filters["tag"].extra["choices"] == [
        ("one", "one")
    ]


def test_a_rule_for_sites_is_asked_by_wagtails_form(clinic, monkeypatch):
    asked = []
    monkeypatch.setattr(SiteForm, "clean", SiteForm.clean)
    wagtail_private.add_rule_for_sites(lambda site, sent: asked.append((site.pk, sent["root_page"].pk)))
    root_page = clinic.home.get_parent().pk
    data = {"hostname": "new.localhost", "port": 80, "site_name": "New", "root_page": root_page}
    assert SiteForm(data).is_valid()
    assert asked == [(None, root_page)]


def test_every_screen_of_wagtails_that_edits_a_row_asks_with_which_form(clinic, admin_client_of, monkeypatch):
    asked = []
    monkeypatch.setattr(EditView, "get_form", EditView.get_form)

    def as_it_is(view, form_class):
        asked.append(view.object)
        return form_class

    wagtail_private.choose_form_of_edits(EditView, as_it_is)
    browser = admin_client_of(UserFactory(is_superuser=True))
    screens = {
        "wagtailsites": clinic.site,
        "wagtailusers_groups": clinic.groups.owner,
        "wagtailadmin_collections": clinic.collection,
    }
    for namespace, row in screens.items():
        assert browser.get(reverse(f"{namespace}:edit", args=[row.pk])).status_code == 200
        assert asked.pop() == row


def test_both_windows_of_privacy_ask_with_which_form(clinic, admin_client_of, monkeypatch):
    asked = []
    monkeypatch.setattr(SetPrivacyView, "get_form_class", SetPrivacyView.get_form_class)
    for name in ("CollectionViewRestrictionForm", "set_privacy"):
        monkeypatch.setattr(collection_privacy, name, getattr(collection_privacy, name))

    def as_it_is(place, request, form_class):
        asked.append(place)
        return form_class

    wagtail_private.choose_forms_of_privacy(SetPrivacyView, collection_privacy, as_it_is)
    browser = admin_client_of(UserFactory(is_superuser=True))
    browser.get(f"/admin/pages/{clinic.home.pk}/privacy/")
    assert asked.pop() == clinic.home
    request = RequestFactory().get("/")
    request.user = UserFactory(is_superuser=True)
    collection_privacy.set_privacy(request, clinic.collection.pk)
    assert asked.pop() == clinic.collection


def test_a_rule_for_redirects_is_asked_by_wagtails_form(clinic, monkeypatch):
    asked = []
    monkeypatch.setattr(RedirectForm, "clean", RedirectForm.clean)
    wagtail_private.add_rule_for_redirects(
        RedirectForm, lambda row, sent: asked.append((row.pk, sent["site"]))
    )
    data = {"old_path": "/a", "site": clinic.site.pk, "redirect_link": "https://b.example/"}
    assert RedirectForm(data).is_valid()
    assert asked == [(None, clinic.site)]


@pytest.mark.django_db
def test_the_admin_shows_times_in_the_zone_it_is_given_and_stores_none():
    person = UserFactory(is_superuser=True)
    assert wagtail_private.chosen_zone(person) == ""
    wagtail_private.show_times_in(person, ZoneInfo("America/Edmonton"))
    request = RequestFactory().get("/")
    request.user = person
    named = get_localized_response(lambda request: timezone.get_current_timezone_name(), request)
    assert named == "America/Edmonton"
    assert not UserProfile.objects.filter(user=person).exists()


@pytest.mark.django_db
def test_a_zone_that_somebody_has_chosen_is_known():
    profile = UserProfile.get_for_user(UserFactory())
    profile.current_time_zone = "America/Halifax"
    profile.save()
    assert wagtail_private.chosen_zone(profile.user) == "America/Halifax"
