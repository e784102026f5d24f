"""Patients' messages never go with a page: somebody may not have read them yet."""

from django.template.defaultfilters import pluralize
from wagtail.models import Page

from clinicsite.home.contact.models import ContactMessage


def reasons_to_keep_messages(page: Page) -> list[str]:
    """What speaks against deleting a page: messages that were sent through it, or through one below it."""
    count = ContactMessage.objects.filter(page__path__startswith=page.path).count()
    if not count:
        return []
    return [
        f"{count} message{pluralize(count)} from patients would go with it. Unpublish it instead, or delete "
        "the messages first, under Messages."
    ]
