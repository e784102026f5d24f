"""The columns that the product itself has, each found for all clinics at once."""

from collections import Counter, defaultdict

from django.db.models import Count, Max, Q, Sum
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from clinicsite.clinics.console import Clinics, Column, Kind, register_column
from clinicsite.clinics.models import ClinicGroup, LaunchResult
from clinicsite.clinics.tenancy.ownership import holdings
from clinicsite.home.models import ContactMessage
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.shared_pages.reviews import due_for_review
from clinicsite.provisioning.console.behind import library_behind


def groups(clinics: Clinics) -> dict[int, str]:
    """The names of the groups a clinic is in."""
    members = ClinicGroup.sites.through.objects.order_by("clinicgroup__name")
    if clinics.is_narrow:
        members = members.filter(site__in=[site.pk for site in clinics.sites])
    found: dict[int, list[str]] = defaultdict(list)
    for site_id, name in members.values_list("site_id", "clinicgroup__name"):
        found[site_id].append(name)
    return {pk: ", ".join(names) for pk, names in found.items()}


def reviews_due(clinics: Clinics) -> dict[int, int]:
    """Live clinical pages and posts whose next review was due by today."""
    found: Counter[int] = Counter()
    for model in shared_page_models():
        found.update(clinics.by_clinic(due_for_review(model), Count("pk")))
    return found


def messages_unanswered(clinics: Clinics) -> dict[int, int]:
    """Messages from patients that nobody has marked as answered."""
    waiting = ContactMessage.objects.filter(answered_at=None)
    return clinics.by_clinic(waiting, Count("pk"), "page__path")


def open_lines(clinics: Clinics) -> dict[int, int | None]:
    """Lines of the launch checklist that were open when it was last gone through; None where it never was."""
    lines = LaunchResult.objects.order_by()
    if clinics.is_narrow:
        lines = lines.filter(site__in=[site.pk for site in clinics.sites])
    are_open = Count("pk", filter=Q(outcome=LaunchResult.Outcome.OPEN))
    never = dict.fromkeys(site.pk for site in clinics.sites)
    return never | dict(lines.values_list("site_id").annotate(are_open=are_open))


def last_change(clinics: Clinics):
    """When a page of the clinic was last edited."""
    return clinics.by_clinic(Page.objects.all(), Max("latest_revision_created_at"))


def storage(clinics: Clinics) -> dict[int, int]:
    """Bytes of the clinic's pictures and documents, as they were uploaded."""
    owners, wanted = holdings().owners, {site.pk for site in clinics.sites}
    found: Counter[int] = Counter()
    for model in (get_image_model(), get_document_model()):
        own = model.objects.filter(collection__clinicsite_pool=None).order_by()
        rows = own.values_list("collection_id").annotate(size=Sum("file_size"))
        for collection_id, size in rows:
            for site_id in owners.get(collection_id, frozenset()) & wanted:
                found[site_id] += size or 0
    return found


def _inbox(site):
    return f"{reverse('clinicsite_library:inbox')}?clinic={site.pk}"


def _reviews(site):
    return reverse("clinicsite_console:reviews", args=[site.pk])


def _messages(site):
    return f"{reverse('clinicsite_messages:index')}?state=new&clinic={site.pk}"


def _launch(site):
    return reverse("clinicsite_launch:index", args=[site.pk])


def _newest_pages(site):
    address = reverse("wagtailadmin_explore", args=[site.root_page_id])
    return f"{address}?ordering=-latest_revision_created_at"


COLUMNS = (
    Column(
        name="groups",
        heading="Groups",
        help_text="The brand, region or plan the clinic belongs to.",
        find=groups,
        kind=Kind.WORDS,
        order=10,
    ),
    Column(
        name="library",
        heading="Library behind",
        help_text="Pages where the library has changed, dropped or taken down something since, and the "
        "clinic has not answered.",
        find=library_behind,
        need="Library updates to answer",
        link=_inbox,
        order=20,
    ),
    Column(
        name="reviews",
        heading="Reviews due",
        help_text="Published pages whose next review was due by today.",
        find=reviews_due,
        need="Reviews due",
        link=_reviews,
        order=30,
    ),
    Column(
        name="messages",
        heading="Messages unanswered",
        help_text="Messages from patients that nobody has marked as answered.",
        find=messages_unanswered,
        need="Messages to answer",
        link=_messages,
        order=40,
    ),
    Column(
        name="checklist",
        heading="Checklist open",
        help_text="Lines of the launch checklist that were open when it was last gone through, as it is "
        "every night while a site is live; empty where nobody has gone through it.",
        find=open_lines,
        need="Open lines of the checklist",
        link=_launch,
        order=45,
    ),
    Column(
        name="changed",
        heading="Last change",
        help_text="When a page of the clinic was last edited.",
        find=last_change,
        kind=Kind.MOMENT,
        link=_newest_pages,
        order=50,
    ),
    Column(
        name="storage",
        heading="Storage",
        help_text="The clinic’s pictures and documents, as they were uploaded.",
        find=storage,
        kind=Kind.SIZE,
        order=60,
    ),
)


def register_columns() -> None:
    """Put the columns into the list of clinics."""
    for column in COLUMNS:
        register_column(column)
