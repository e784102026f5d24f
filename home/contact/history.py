"""What a contact page's history says of its messages: who took or deleted them, and no word of theirs."""

from wagtail.log_actions import LogFormatter, log

from clinicsite.home.contact.pages import ContactPage

EXPORT = "clinicsite_home.message_export"
DELETE = "clinicsite_home.message_delete"


class ExportMessage(LogFormatter):
    """Messages were downloaded."""

    label = "Download messages"

    def format_message(self, log_entry):
        return f"Downloaded messages: {log_entry.data.get('count', 0)}"


def log_export(rows, user):
    """Note on each contact page how many of its messages are downloaded; `rows` is a queryset of messages."""
    counts: dict[int, int] = {}
    for page_id in rows.order_by().values_list("page_id", flat=True):
        counts[page_id] = counts.get(page_id, 0) + 1
    for page in ContactPage.objects.filter(pk__in=counts):
        log(page, EXPORT, user=user, data={"count": counts[page.pk]})


def log_deletion(message, user):
    """Note on its contact page that a message was deleted, and when it had come."""
    log(message.page.specific, DELETE, user=user, data={"received": message.created_at.isoformat()})


def register(actions):
    """Make the actions known to Wagtail's log."""
    actions.register_action(EXPORT)(ExportMessage)
    actions.register_action(DELETE, "Delete a message", "Deleted a patient's message")
