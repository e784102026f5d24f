"""Which page may stand below which, where the app of the one must not know the other's."""

from wagtail.models import Page


class PageTypes(list[type[Page] | str]):
    """Types of page for `parent_page_types` or `subpage_types`, to which each type adds itself.

    Wagtail reads such a list when it first asks what may stand where, after every app has loaded its models.
    """

    def register(self, page_type: type[Page]) -> type[Page]:
        """Add a page type; used as a decorator of its class.

        Those of which there may be any number stand first: to offer a page below another, Wagtail asks of one
        after the other whether there may be one more, and counts where that is limited.
        """
        if page_type not in self:
            is_limited = page_type.max_count is not None or page_type.max_count_per_parent is not None
            self.insert(len(self) if is_limited else 0, page_type)
        return page_type


#: Every type of page that is a clinic's front page.
FRONT_PAGES = PageTypes()
#: What may stand right below a clinic's front page. A project's own types add themselves beside ours.
CLINIC_PAGES = PageTypes()
