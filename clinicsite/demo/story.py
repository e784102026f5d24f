"""What has happened between the demo's library and its clinics: overrides, holds, newer text, a pilot.

Each step is done once. It goes the way an editor goes, through drafts and releases, so that histories,
states and updates are real.
"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from wagtail.models import Site

from clinicsite.demo import data
from clinicsite.demo.library import DemoLibrary, page_key
from clinicsite.demo.records import find, make_once
from clinicsite.demo.texts import BodyWriter, section_id
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import change_draft
from clinicsite.library.releasing.releases import release_to_all, release_to_pilots
from clinicsite.library.releasing.reviewing import approve
from clinicsite.users.models import User

#: Kind of page -> where a clinic's own pages of it are, as the demo names them.
FOLDERS = {"modalities": "treatments", "conditions": "conditions"}


def tell_story(library: DemoLibrary, clinics: Sequence[str]) -> None:
    """Let these clinics answer the library, then let the library move on."""
    story = _Story(library)
    told = data.story()
    for entry in told["answers"]:
        if entry["clinic"] in clinics:
            _once(f"story/{entry['clinic']}/{entry['key']}", partial(story.answer, entry))
    for entry in told["changes"]:
        _once(f"story/library/{entry['page']}", partial(story.change, entry))
    if set(told["pilot"]["clinics"]) <= set(clinics):
        _once(f"story/pilot/{told['pilot']['page']}", partial(story.pilot, told["pilot"]))


def _once(key, step):
    with transaction.atomic():
        make_once(key, step)


class _Story:
    def __init__(self, library):
        self.library = library

    def answer(self, entry):
        """A clinic says something of its own, hides a section or holds a page, and publishes that."""
        page = find(f"{entry['clinic']}/page/{FOLDERS[entry['kind']]}/{entry['page']}")
        person = _login(f"{entry['clinic']}-owner")
        tell = {"own": self._own, "hide": self._hide, "hold": self._hold}[entry["answer"]]
        change, message = tell(entry)
        return change_draft(page.pk, person, change, message=message, publish=True).page

    def _own(self, entry):
        ident = _section_of(entry)
        body = self._writer(f"story/{entry['clinic']}/{entry['key']}").body(ident, entry["body"])

        def write(page):
            record = answers.make_own(page, ident, reason=entry.get("reason", ""))
            record.heading, record.body = entry["heading"], body

        return write, f"Made “{entry['heading']}” ours"

    def _hide(self, entry):
        reason = entry.get("reason", "")
        return lambda page: answers.hide(page, _section_of(entry), reason=reason), "Hid a section"

    def _hold(self, entry):
        return held_pages.hold, "Held the library's version"

    def change(self, entry):
        """The library releases newer text to every clinic."""
        page = self._approved(entry, entry.get("sections", []), entry.get("retire", []))
        release_to_all(page.pk, _login("release-manager"), note=entry["note"])
        return page

    def pilot(self, entry):
        """The library tries newer text with a few clinics first."""
        page = self._approved(entry, [entry])
        sites = Site.objects.filter(hostname__in=[f"{key}.localhost" for key in entry["clinics"]])
        release_to_pilots(page.pk, _login("release-manager"), sites, note=entry["note"])
        return page

    def _approved(self, entry, changes, retired=()):
        """A draft of a library page with these changes, approved by the clinical reviewer."""
        page = self.library.page(entry["kind"], entry["page"]).get_latest_revision_as_object()
        gone = {_section_of({**entry, "section": key}) for key in retired}
        kept = (child for child in page.sections.raw_data if child["id"] not in gone)
        page.sections = [self._changed(dict(child), entry, changes) for child in kept]
        page.save_revision(user=_login("library-editor"))
        approve(page, _login("clinical-reviewer"))
        return page

    def _changed(self, child, entry, changes):
        for change in changes:
            if child["id"] == _section_of({**entry, **change}):
                return {**child, "value": {**child["value"], "body": self._new_body(child, change)}}
        return child

    def _new_body(self, child, change):
        writer = self._writer(f"story/library/{child['id']}")
        if "body" in change:
            return writer.body(child["id"], change["body"])
        return writer.with_question(child["value"]["body"], change["add_question"])

    def _writer(self, key):
        return BodyWriter(key, self.library.targets, lambda name: self.library.picture(name).pk)


def _login(username):
    return User.objects.get(username=username)


def _section_of(entry):
    return section_id(page_key(entry["kind"], entry["page"]), entry["section"])
