"""Library pages that clinics follow cannot be deleted: their patients would be left without the words."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from clinicsite.library.shared_pages.page import shared_page_models


def count_followers(page: Page):
    """How many pages of clinics follow this page or one below it, drafts included."""
    return sum(
        model.objects.filter(library_page__path__startswith=page.path).count()
        for model in shared_page_models()
    )


def refuse_if_followed(request, pages):
    """Say how many pages follow these and what to do, and go back to the explorer; None where nobody does."""
    followed = [(page, count) for page in pages if (count := count_followers(page))]
    for page, count in followed:
        messages.error(request, _refusal(page, count))
    return redirect("wagtailadmin_explore", followed[0][0].pk) if followed else None


def _refusal(page, count):
    who = "1 page of a clinic follows" if count == 1 else f"{count} pages of clinics follow"
    what = "it" if page.is_leaf() else "it or a page below it"
    return (
        f"“{page.get_admin_display_title()}” was not deleted: {who} {what}. "
        "Retire it instead: no clinic can follow it any more, and those that do keep what they had."
    )
