"""Library pages that clinics follow or other pages name cannot be deleted: patients would lose the words."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from clinicsite.library.included import included_models, pages_including
from clinicsite.library.shared_pages.page import shared_page_models


def count_followers(page: Page):
    """How many pages of clinics follow this page or one below it, drafts included."""
    return sum(
        model.objects.filter(library_page__path__startswith=page.path).count()
        for model in shared_page_models()
    )


def refuse_if_followed(request, pages):
    """Say how many pages follow these and what to do, and go back to the explorer; None where nobody does."""
    refusals = [(page, sentence) for page in pages if (sentence := _why_not_delete(page))]
    for _, sentence in refusals:
        messages.error(request, sentence)
    return redirect("wagtailadmin_explore", refusals[0][0].pk) if refusals else None


def _why_not_delete(page):
    count = count_followers(page)
    if count:
        return _followed(page, count)
    return _named(page, _pages_naming(page))


def _pages_naming(page):
    """The pages elsewhere that name warning signs among this page and those below it."""
    below = [one for model in included_models() for one in model.objects.descendant_of(page, inclusive=True)]
    return [one for signs in below for one in pages_including(signs) if not one.path.startswith(page.path)]


def _named(page, naming):
    if not naming:
        return ""
    where = "1 page" if len(naming) == 1 else f"{len(naming)} pages"
    return (
        f"“{page.get_admin_display_title()}” was not deleted: its warning signs stand on {where}, "
        f"“{naming[0].title}” among them. Take them out there first."
    )


def _followed(page, count):
    who = "1 page of a clinic follows" if count == 1 else f"{count} pages of clinics follow"
    what = "it" if page.is_leaf() else "it or a page below it"
    return (
        f"“{page.get_admin_display_title()}” was not deleted: {who} {what}. "
        "Retire it instead: no clinic can follow it any more, and those that do keep what they had."
    )
