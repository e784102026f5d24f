"""Panels of the page editor that show what the library brings."""

from wagtail.admin.panels import Panel

from clinicsite.library.composition import State

#: State -> (word, icon) as the editor shows it; never colour alone.
STATE_LABELS = {
    State.LIBRARY: ("Library", "link"),
    State.YOURS: ("Yours", "edit"),
    State.YOURS_CHANGED: ("Yours, library changed", "warning"),
    State.HIDDEN: ("Hidden", "no-view"),
    State.HIDDEN_CHANGED: ("Hidden, library changed", "warning"),
    State.ADDED: ("Added here", "plus"),
    State.LOCKED: ("Locked", "lock"),
    State.RETIRED: ("Retired in library", "history"),
}


class ComposedPagePanel(Panel):
    """On a page that follows the library: every section patients read, in order, with its state."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/admin/composed_page.html"

        def is_shown(self):
            return super().is_shown() and self.instance.is_follower

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context["library_page"] = self.instance.library_page
            context["rows"] = [self._row(section) for section in self.instance.compose()]
            return context

        def _row(self, section):
            word, icon = STATE_LABELS[section.state]
            reason = section.library.lock_reason if section.state is State.LOCKED else ""
            return {"heading": section.heading, "word": word, "icon": icon, "reason": reason}
