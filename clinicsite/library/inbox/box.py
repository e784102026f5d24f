"""All questions to one clinic, in the order in which its people read them."""

from dataclasses import replace

from wagtail.models import Page

from clinicsite.library.answering.drafts import can_publish_at_once
from clinicsite.library.inbox.loading import Dates, Notes, draft_of, followers, followers_with_news
from clinicsite.library.inbox.questions import Answer, Question, Replacement, UpdateKind
from clinicsite.library.inbox.reading import questions_about
from clinicsite.library.joining.adding import Offers
from clinicsite.library.links import missing_link_targets


class Inbox:
    """The library updates of one clinic, for one person."""

    def __init__(self, site, user):
        self.site = site
        self.user = user
        self.offers = Offers(site)

    def questions(self) -> list[Question]:
        """Every question, the newest first; those without a date come last."""
        pages = followers(self.site)
        found = [*self._about_followers(pages), *self._about_offers()]
        found = self._with_notes(found, {page.library_page_id: page for page in pages})
        return sorted(found, key=lambda one: one.when.timestamp() if one.when else 0, reverse=True)

    def count(self) -> int:
        """How many questions about the clinic's own pages wait; loads only pages that may have one."""
        questions = self._about_followers(followers_with_news(self.site))
        return sum(not question.is_answered for question in questions)

    def _about_followers(self, pages) -> list[Question]:
        dates = Dates(pages)
        return [question for page in pages for question in self._about(page, dates)]

    def _about(self, page, dates) -> list[Question]:
        live = questions_about(page, dates)
        if not page.has_unpublished_changes or not page.latest_revision:
            is_at_once = can_publish_at_once(page, self.user)
            return [replace(question, is_at_once=is_at_once) for question in live]
        open_ones = questions_about(draft_of(page), dates)
        still_open = {question.about for question in open_ones}
        answered = [question for question in live if page.live and question.about not in still_open]
        return open_ones + [replace(question, is_answered=True, answers=()) for question in answered]

    def _about_offers(self) -> list[Question]:
        linked = missing_link_targets(self.site)
        linking = Page.objects.filter(pk__in={key for keys in linked.values() for key in keys})
        titles = dict(linking.values_list("pk", "title"))
        return [
            self._about_offer(offer, [titles[pk] for pk in linked.get(offer.page.pk, [])])
            for offer in self.offers.open
        ]

    def _about_offer(self, offer, linked_from):
        what = f"The library offers this {offer.type_name}, and your site does not have it."
        if linked_from:
            names = ", ".join(f"“{title}”" for title in linked_from)
            what = f"Linked from {names}. Your site does not have it, so patients read plain text there."
        return Question(
            UpdateKind.LINK if linked_from else UpdateKind.NEW,
            offer.page,
            "",
            what if offer.place.parent else f"{what} {offer.place.missing}",
            (*self._ways_to_add(offer), Answer.DECLINE),
            when=offer.page.first_published_at,
            offer=offer,
        )

    def _ways_to_add(self, offer):
        if not offer.place.parent:
            return ()
        may_publish = offer.place.parent.permissions_for_user(self.user).can_publish()
        return (Answer.ADD_DRAFT, Answer.ADD_LIVE) if may_publish else (Answer.ADD_DRAFT,)

    def _with_notes(self, questions, own_pages) -> list[Question]:
        """The questions with what the library said about them; one query."""
        notes = Notes(question.library_page_id for question in questions)
        return [self._with_note(question, notes, own_pages) for question in questions]

    def _with_note(self, question, notes, own_pages):
        library_page_id = question.library_page_id
        if question.kind is not UpdateKind.PAGE_RETIRED:
            return replace(question, note=notes.note_of(library_page_id, is_live=True))
        replacement = self._replacement(notes.replacement_of(library_page_id), own_pages)
        what = f"{question.what} {replacement.words}" if replacement else question.what
        note = notes.note_of(library_page_id, is_live=False)
        return replace(question, note=note, replacement=replacement, what=what)

    def _replacement(self, library_page_id, own_pages):
        """What takes the place of a retired page; None if the library does not publish it now either."""
        own = own_pages.get(library_page_id) if library_page_id else None
        if own:
            return Replacement(own.library_page, own) if own.library_page.live else None
        offer = next((one for one in self.offers.all if one.page.pk == library_page_id), None)
        return Replacement(offer.page, None, offer, self._ways_to_add(offer)) if offer else None
