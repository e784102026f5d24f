"""What the evidence says never goes with a condition: it is written on a treatment's page."""

from wagtail.models import Page

from clinicsite.modalities.models.evidence import EvidenceStatement


def reasons_to_keep_evidence(page: Page) -> list[str]:
    """What speaks against deleting a page: evidence about it, or one below it, on treatments elsewhere."""
    rows = EvidenceStatement.objects.filter(condition__path__startswith=page.path)
    elsewhere = rows.exclude(page__path__startswith=page.path).order_by("page__title", "page")
    titles = list(dict.fromkeys(elsewhere.values_list("page__title", flat=True)))
    if not titles:
        return []
    named = ", ".join(f"“{title}”" for title in titles[:3])
    more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
    return [f"what the evidence says of it stands on {named}{more}. Take it out there first."]
