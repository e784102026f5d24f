"""What somebody may do with a page of ours: what their grants say, but for what would take a site down.

A front page and the pages that list treatments, places or people are what a clinic's site stands on. Only a
grant from above the front page, as the agency has, reaches them for good: whoever works at the clinic edits
and publishes them, and does not delete, move, unpublish or hide them.
"""

from wagtail.models import PagePermissionTester

from clinicsite.core.deleting import must_stay, reasons_against_deleting

#: Where a person holds that the request under way shows something and changes nothing.
_READING, _READING_DRAFTS = "_clinicsite_is_reading", "_clinicsite_is_reading_drafts"
AGENCYS = "the site stands on this page, so only your agency {verbs} it. Ask them."


def let_read(user, *, drafts: bool) -> None:
    """Say that the request under way only shows something.

    Args:
        drafts: whether it shows a draft, a history or a version, before which Wagtail asks for a grant to
            edit. Elsewhere that grant decides whether a way to the editor is offered.
    """
    setattr(user, _READING, True)
    setattr(user, _READING_DRAFTS, drafts)


def is_reading(user) -> bool:
    """Whether the request under way only shows, to somebody who may read and no more."""
    return getattr(user, _READING, False)


class OwnPagePermissionTester(PagePermissionTester):
    """Wagtail's answers, and a no with its reason where a page must stay."""

    def can_edit(self):
        # Wagtail gathers the grants of those alone who need any.
        return super().can_edit() or (
            getattr(self.user, _READING_DRAFTS, False) and "view" in getattr(self, "permissions", ())
        )

    def can_delete(self, ignore_bulk=False):
        # Lists ask this of every row, and few types of page have anything that could be lost.
        return (
            self._holds_grants_to_delete(ignore_bulk)
            and not self._is_agencys()
            and not (self.page.keeps_records and must_stay(self.page))
        )

    def can_unpublish(self):
        return super().can_unpublish() and not self._is_agencys()

    def can_move(self):
        return self._holds_grants_to_delete(ignore_bulk=True) and not self._is_agencys()

    def can_set_view_restrictions(self):
        return super().can_set_view_restrictions() and not self._is_agencys()

    def reasons_against_deleting(self):
        """Why a page that somebody holds the grants to delete must stay; said after “was not deleted:”."""
        if self._is_agencys():
            return [AGENCYS.format(verbs="deletes")]
        return reasons_against_deleting(self.page) if self.page.keeps_records else []

    def why_not(self, verb):
        """Why somebody who holds the grants may not "delete", "unpublish" or "move" a page; [] if so."""
        if verb == "delete":
            return self.reasons_against_deleting() if self._holds_grants_to_delete(False) else []
        is_refused = self._is_agencys() and (self.user.is_superuser or "publish" in self.permissions)
        return [AGENCYS.format(verbs=VERBS[verb])] if is_refused else []

    def _holds_grants_to_delete(self, ignore_bulk):
        return super().can_delete(ignore_bulk)

    def _is_agencys(self):
        """Whether the page is one that a site stands on, and the person is not from above that site."""
        if not self.page.is_structural or self.user.is_superuser:
            return False
        page = self.page
        # Such a page is a front page, or stands right below one.
        front = page.path if page.is_front_page else page.path[: -page.steplen]
        grants = self.permission_policy.get_cached_permissions_for_user(self.user)
        return not any(front.startswith(grant.page.path) and front != grant.page.path for grant in grants)


#: What only the agency does, as the reason says it.
VERBS = {"unpublish": "takes down", "move": "moves"}
