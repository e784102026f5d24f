"""Two clinics with the same things in them, of which one is the neighbour: nobody else may read its words."""

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    GroupApprovalTask,
    PageViewRestriction,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from clinicsite.clinics.models import (
    AuditEntry,
    ClinicGroup,
    ClinicHost,
    ClinicRole,
    HostCheck,
    LaunchResult,
    MailTest,
    Notice,
    Pool,
    RetiredClinic,
    RetiredHost,
    StateChange,
)
from clinicsite.core.models.gone import GoneAddress
from clinicsite.home.contact.models import ContactMessage, MailKind, MessageMail
from clinicsite.home.search.models import MissedSearch, SuggestedResult
from clinicsite.library.models import Release, SectionOverride, StarterPack, SynonymGroup
from clinicsite.modalities.models import OwnReference
from clinicsite.provisioning.agency import setup_agency
from clinicsite.provisioning.models import BulkClinic, BulkWork, ClinicPlan, Invitation, WaitingPage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ClinicFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ContactPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
    ReferenceFactory,
    UserFactory,
)
from tests.factories.media import ImageFactory
from tests.factories.pages import StandardPageFactory
from tests.factories.sections import section
from tests.isolation.crawl import keys
from tests.isolation.crawl.words import AGENCYS, CLOSED, COMMON, KEYS, OPEN, PAST_KEYS


@dataclass
class Side:
    """A clinic and one thing at least of every kind that it can have, by the name of the kind."""

    clinic: object
    open_word: str
    closed_word: str
    things: dict[str, object] = field(default_factory=dict)

    def key(self, kind: str):
        """The key of the thing of a kind."""
        return self.things[kind].pk

    @property
    def host(self) -> str:
        return self.clinic.host


def build_side(hostname: str, open_word: str, closed_word: str, shared) -> Side:
    """A filled clinic.

    Args:
        open_word: stands in all that patients may read.
        closed_word: stands in all that only the clinic's own people may.
        shared: a page of the library that one of its pages follows.
    """
    name = f"{open_word.title()} {COMMON}"
    clinic = ClinicFactory(hostname=hostname, name=name, email=f"desk@{open_word}.example")
    side = Side(clinic, open_word, closed_word)
    for part in (_people, _files, _live_pages, _following, _unseen_pages, _review, _work, _rows, _kept_of_it):
        side.things |= part(side, shared)
    return side


@dataclass
class World:
    """The clinic from which it is asked, its neighbour, and what is nobody's but the agency's."""

    own: Side
    neighbour: Side
    agencys: dict[str, object]

    @property
    def everybodys(self) -> set[str]:
        """The kinds of which there is one thing for all clinics: it is no secret that it is there."""
        return set(self.agencys)

    def key(self, kind: str, is_neighbours: bool):
        """The key of the neighbour's thing of a kind, or of the asking clinic's own; or the agency's."""
        if kind in self.agencys:
            return self.agencys[kind].pk
        return (self.neighbour if is_neighbours else self.own).key(kind)


def build_world() -> World:
    """Everything, of which only the neighbour's has the words and keys by which a leak is known."""
    agency = setup_agency()
    shared = ModalityPageFactory(
        parent=agency.library, title="Library treatment", sections=[section("Risks", key="risks")]
    )
    reference = ReferenceFactory(title="What everybody may cite")
    own = build_side("amberley.localhost", "amberley", "amberley-inside", shared)
    agencys = _agencys(shared, reference)
    keys.go_on_from(KEYS.start)
    neighbour = build_side(f"{OPEN}.localhost", OPEN, CLOSED, shared)
    keys.go_on_from(PAST_KEYS, block=0)
    return World(own, neighbour, agencys)


def _agencys(shared, reference):
    word = f"{AGENCYS} {COMMON}"
    group = ClinicGroup.objects.create(name=f"{word} group")
    pooled = Collection.get_first_root_node().add_child(instance=Collection(name=f"{word} pool"))
    retired = RetiredClinic.objects.create(name=f"{word} clinic", file=f"{AGENCYS}.zip")
    RetiredHost.objects.create(host=f"{AGENCYS}.localhost", clinic=retired)
    return {
        "synonyms": SynonymGroup.objects.create(terms=f"{word}, agencywide"),
        "pack": StarterPack.objects.create(name=f"{word} pack", description=word),
        "plan": ClinicPlan.objects.create(typed={"name": f"{word} plan"}),
        "reference": reference,
        "clinic_group": group,
        "notice": Notice.objects.create(title=f"{word} notice", text=word),
        "pool": Pool.objects.create(collection=pooled, group=group),
        "retired": retired,
        "release": Release.objects.create(
            page=shared, state=Release.State.LIVE, content=shared.serializable_data()
        ),
    }


def _kept_of_it(side, shared):
    """What is kept of a clinic as such: its hosts, its launch, who was asked in, and what was done."""
    site, by, word = side.clinic.site, side.things["user"], f"{side.closed_word} {COMMON}"
    now, www = timezone.now(), f"www.{side.clinic.host}"
    return {
        "further_host": ClinicHost.objects.create(site=site, name=www),
        "host_check": HostCheck.objects.create(site=site, name=www, checked_at=now, problem=word),
        "state_change": StateChange.objects.create(site=site, before="draft", after="live", by=by),
        "launch_result": LaunchResult.objects.create(
            site=site, name="hours", outcome="open", sentence=word, since=now
        ),
        "mail_test": MailTest.objects.create(
            site=site, address=f"desk@{side.closed_word}.example", token=side.closed_word, sent_at=now
        ),
        "invitation": Invitation.objects.create(
            site=site, email=f"new@{side.closed_word}.example", role=ClinicRole.Role.EDITOR, invited_by=by
        ),
        "bulk_work": _bulk_work(site, by, word),
        "waiting_page": WaitingPage.objects.create(page=site.root_page, asked_by=by, found=[word]),
        "audit_entry": AuditEntry.objects.create(
            kind=AuditEntry.Kind.SETTINGS, site=site, person=by, name=by.username, about=word
        ),
    }


def _bulk_work(site, by, word):
    """Work on many clinics that has changed a setting of this one."""
    work = BulkWork.objects.create(
        kind=BulkWork.Kind.SETTING, asked={"field": "tagline", "value": word}, state="done", asked_by=by
    )
    change = {"field": "tagline", "title": "Tagline", "before": "", "was": "nothing", "now": word}
    BulkClinic.objects.create(work=work, site=site, outcome="changed", changes=[change])
    return work


def _people(side, shared):
    roles = ClinicRole.objects.filter(site=side.clinic.site).select_related("group").order_by("pk")
    colleague = UserFactory(
        username=f"{side.closed_word}-colleague",
        first_name=side.closed_word.title(),
        last_name=COMMON.title(),
        email=f"colleague@{side.closed_word}.example",
        groups=[roles[0].group],
    )
    key = Authenticator.objects.create(
        user=colleague, type=Authenticator.Type.WEBAUTHN, data={"name": f"{side.closed_word} key"}
    )
    return {"user": colleague, "group": roles[0].group, "role": roles[0], "authenticator": key}


def _files(side, shared):
    own = side.clinic.collection
    closed = own.add_child(instance=Collection(name=f"{side.closed_word} {COMMON} files"))
    lock = CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="password", password=f"{side.closed_word}-pass"
    )
    colleague = side.things["user"]
    picture = ImageFactory(
        title=f"{side.closed_word} {COMMON} picture",
        alt_text=f"{side.closed_word} words",
        file__filename=f"{side.closed_word}.jpg",
        collection=closed,
        uploaded_by_user=colleague,
    )
    picture.tags.add(f"{side.closed_word} {COMMON}")
    kept = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(get_image_model()),
        file=ContentFile(picture.file.read(), name=f"{side.closed_word}-upload.jpg"),
        uploaded_by_user=colleague,
    )
    return {
        "collection": own,
        "closed_collection": closed,
        "collection_restriction": lock,
        "image": picture,
        "document": _document(f"{side.closed_word} {COMMON} form", closed, colleague),
        "open_document": _document(f"{side.open_word} {COMMON} leaflet", own, colleague),
        "upload": kept,
    }


def _document(title, collection, by):
    document = get_document_model()(title=title, collection=collection, uploaded_by_user=by)
    name = title.replace(" ", "-")
    document.file.save(f"{name}.txt", ContentFile(f"All that {title} says.".encode()))
    document.save()
    document.tags.add(title)
    return document


def _live_pages(side, shared):
    home, word = side.clinic.home, f"{side.open_word} {COMMON}"
    treatments = ModalityIndexPageFactory(parent=home)
    conditions = ConditionIndexPageFactory(parent=home)
    team = PractitionerIndexPageFactory(parent=home)
    places = LocationIndexPageFactory(parent=home)
    blog = BlogIndexPageFactory(parent=home)
    place = LocationPageFactory(parent=places, title=f"{word} place", city=side.open_word.title())
    person = PractitionerPageFactory(parent=team, title=f"{word} person", locations=[place])
    post = BlogPageFactory(parent=blog, title=f"{word} post", authors=[person])
    post.tags.add(f"{side.open_word} {COMMON}")
    post.save()
    live = StandardPageFactory(parent=home, title=f"{word} page", owner=side.things["user"])
    return {
        "home": home,
        "treatments": treatments,
        "conditions": conditions,
        "team": team,
        "places": places,
        "blog": blog,
        "place": place,
        "person": person,
        "post": post,
        "contact": ContactPageFactory(parent=home, title=f"{word} contact"),
        "condition": ConditionPageFactory(parent=conditions, title=f"{word} condition"),
        "page": live,
    }


def _following(side, shared):
    """A treatment that follows the library, with a section in the clinic's own words."""
    words = f"{side.open_word} {COMMON}"
    page = ModalityPageFactory(
        parent=side.things["treatments"],
        title=f"{words} treatment",
        library_page=shared,
        sections=[section(f"{words} section", f"What {words} says.", key=words)],
    )
    own = SectionOverride.objects.create(
        page=page,
        section_id=shared.sections[0].id,
        action="replace",
        heading=f"{words} risks",
        earlier_words=[{"id": "earlier", "heading": f"{side.closed_word} before", "body": []}],
    )
    return {"treatment": page, "override": own}


def _unseen_pages(side, shared):
    """Pages that no patient sees: a draft, one that is scheduled, and one behind a password."""
    home, word, by = side.clinic.home, f"{side.closed_word} {COMMON}", side.things["user"]
    draft = StandardPageFactory(
        parent=home, title=f"{word} draft", live=False, owner=by, hero_image=side.things["image"]
    )
    first = draft.save_revision(user=by)
    draft.title = f"{word} newer draft"
    second = draft.save_revision(user=by, log_action=True)
    later = StandardPageFactory(parent=home, title=f"{word} scheduled", live=False, owner=by)
    later.go_live_at = timezone.now() + timedelta(days=30)
    later.save_revision(user=by, approved_go_live_at=later.go_live_at).publish(user=by)
    private = StandardPageFactory(parent=home, title=f"{word} private", locked=True, locked_by=by)
    lock = PageViewRestriction.objects.create(
        page=private, restriction_type="password", password=f"{side.closed_word}-pass"
    )
    remark = Comment.objects.create(
        page=draft, user=by, text=f"{word} remark", contentpath="title", revision_created=second
    )
    reply = CommentReply.objects.create(comment=remark, user=by, text=f"{word} reply")
    return {
        "draft": draft,
        "earlier_revision": first,
        "revision": second,
        "scheduled": later,
        "scheduled_revision": later.get_latest_revision(),
        "private": private,
        "page_restriction": lock,
        "comment": remark,
        "reply": reply,
    }


def _review(side, shared):
    by, word = side.things["user"], f"{side.closed_word} {COMMON}"
    workflow = Workflow.objects.create(name=f"{word} workflow")
    task = GroupApprovalTask.objects.create(name=f"{word} task")
    task.groups.set([side.things["group"]])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = StandardPageFactory(parent=side.clinic.home, title=f"{word} reviewed", live=False, owner=by)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    page.save_revision(user=by)
    state = workflow.start(page, by)
    return {
        "workflow": workflow,
        "task": task,
        "reviewed": page,
        "workflow_state": state,
        "task_state": state.current_task_state,
    }


def _work(side, shared):
    """What people at work leave behind."""
    by, draft = side.things["user"], side.things["draft"]
    kind = ContentType.objects.get_for_model(draft)
    session = EditingSession.objects.create(
        user=by, content_type=kind, object_id=draft.pk, last_seen_at=timezone.now()
    )
    typed = FormState.objects.create(
        user=by,
        content_type=kind,
        object_id=str(draft.pk),
        data=f"title={side.closed_word}",
        last_updated_at=timezone.now(),
    )
    return {"editing_session": session, "form_state": typed}


def _rows(side, shared):
    site, word = side.clinic.site, f"{side.closed_word} {COMMON}"
    message = ContactMessage.objects.create(
        page=side.things["contact"],
        name=word,
        email=f"{side.closed_word}@mail.example",
        message=f"{word} asks",
    )
    return {
        "site": site,
        "settings": side.clinic.settings,
        "message": message,
        "mail": MessageMail.objects.create(message=message, kind=MailKind.values[0]),
        "missed": MissedSearch.objects.create(site=site, words=word, last_on=timezone.localdate()),
        "redirect": Redirect.objects.create(
            site=site, old_path=f"/{side.open_word}-old", redirect_link=f"https://{side.open_word}.example/"
        ),
        "gone": GoneAddress.objects.create(site=site, path=f"/{side.closed_word}-gone/"),
        "suggested": SuggestedResult.objects.create(
            home=side.clinic.home, page=side.things["page"], words=word
        ),
        "own_reference": OwnReference.objects.create(
            site=site,
            # The library reads what a clinic asks of it.
            title=f"{side.open_word} {COMMON} paper",
            authors=f"{side.open_word.title()}, A",
            year=2020,
            doi=f"10.1000/{side.open_word}",
            why=f"{side.open_word} {COMMON} wants it",
            asked_by=side.things["user"],
        ),
    }
