"""Library pages that clinics follow, other pages name or that have a history stay: patients rely on them."""

from django.template.defaultfilters import pluralize
from wagtail.models import Page

from clinicsite.library.included import included_models, pages_including
from clinicsite.library.models.releases import Release
from clinicsite.library.shared_pages.page import shared_page_models

RETIRE = "Retire it instead: no clinic can follow it any more, and those that do keep what they had."


def count_followers(page: Page):
    """How many pages of clinics follow this page or one below it, drafts included."""
    return sum(
        model.objects.filter(library_page__path__startswith=page.path).count()
        for model in shared_page_models()
    )


def _pages_naming(page):
    """The pages elsewhere that name warning signs among this page and those below it."""
    below = [one for model in included_models() for one in model.objects.descendant_of(page, inclusive=True)]
    return [one for signs in below for one in pages_including(signs) if not one.path.startswith(page.path)]


def reasons_to_keep_library_pages(page: Page) -> list[str]:
    """What speaks against deleting a page: clinics that follow it, pages that name it, or its history."""
    what = "it" if page.is_leaf() else "it or a page below it"
    if followers := count_followers(page):
        who = "1 page of a clinic follows" if followers == 1 else f"{followers} pages of clinics follow"
        return [f"{who} {what}. {RETIRE}"]
    if naming := _pages_naming(page):
        where = "1 page" if len(naming) == 1 else f"{len(naming)} pages"
        among = f"“{naming[0].title}” among them"
        return [f"its warning signs stand on {where}, {among}. Take them out there first."]
    releases = Release.objects.filter(page__path__startswith=page.path).count()
    if not releases:
        return []
    return [
        f"the history of {what} would go too: {releases} release{pluralize(releases)}, with who approved "
        f"what and when. {RETIRE}"
    ]
