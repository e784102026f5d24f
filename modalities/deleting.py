"""What the evidence says never goes with a condition, nor does a paper go that a page cites."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page, ReferenceIndex

from clinicsite.modalities.models.evidence import EvidenceStatement
from clinicsite.modalities.models.references import Reference

CITED = "“{reference}” was not deleted: {places} it. Take it out there first."


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


def refuse_to_delete_cited(request, instances):
    """Say which references stay because something cites them, and go back; None where nothing does."""
    cited = [(one, _places_citing(one)) for one in instances if isinstance(one, Reference)]
    cited = [(one, places) for one, places in cited if places]
    for reference, places in cited:
        words = "1 page or text cites" if places == 1 else f"{places} pages or texts cite"
        messages.error(request, CITED.format(reference=reference, places=words))
    return redirect(Reference.snippet_viewset.get_url_name("list")) if cited else None


def _places_citing(reference):
    found = ReferenceIndex.get_references_to(reference).values("base_content_type", "object_id")
    return found.distinct().count()
