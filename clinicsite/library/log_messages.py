"""What a page's history says of answers to the library and of releases."""

from wagtail.log_actions import LogFormatter


class AnswerMessage(LogFormatter):
    """A clinic has answered the library, in its own words."""

    label = "Answer the library"

    def format_message(self, log_entry):
        return log_entry.data.get("message", "Answered the library")


class ReleaseMessage(LogFormatter):
    """A version was released, and to whom."""

    label = "Release"

    def format_message(self, log_entry):
        return f"Released: {log_entry.data.get('state', '').lower()}"


def register(actions):
    """Make the actions known to Wagtail's log. It calls no function given as a message, only formatters."""
    actions.register_action("clinicsite_library.answer")(AnswerMessage)
    actions.register_action("clinicsite_library.release")(ReleaseMessage)
    actions.register_action("clinicsite_library.undo", "Undo a release", "Took a release back")
