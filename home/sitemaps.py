"""A clinic's sitemap: each page with its picture and when what it shows last changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, DateTimeField, F, IntegerField, Value, When
from django.db.models.functions import Cast
from django.template.response import TemplateResponse
from wagtail.images import get_image_model
from wagtail.models import Site

from clinicsite.clinics.profile import profile_for
from clinicsite.core.addresses import page_path
from clinicsite.core.models.pages import BasePage, page_models
from clinicsite.core.own_things import may_show
from clinicsite.core.pictures import SHARED
from clinicsite.core.sharing import full_url
from clinicsite.home.findable import findable, open_clinic_or_404
from clinicsite.library.shared_pages.page import SharedPage

#: The most a sitemap may hold (sitemaps.org, protocol 0.9).
MOST_PAGES = 50_000


@dataclass(frozen=True)
class SitemapEntry:
    """One page: its full address, when what it shows last changed, its picture's address."""

    url: str
    changed_at: datetime | None
    picture_url: str = field(default="")


def sitemap(request):
    """The sitemap of the clinic whose host this is (sitemaps.org, with Google's picture extension)."""
    site, clinic = open_clinic_or_404()
    context = {"entries": list(entries_of(site, clinic.root_url))}
    return TemplateResponse(request, "clinicsite/home/sitemap.xml", context, content_type="application/xml")


def entries_of(site: Site, root_url: str) -> Iterator[SitemapEntry]:
    """The pages that anybody may find, by path; two queries, however many they are.

    A picture is named once somebody has seen its page, which makes the file; nobody waits for it here.
    """
    rows = _rows_of(site)
    pictures = _picture_urls({row[3] or row[4] for row in rows} - {None})
    forms = _forms_below(site)
    for url_path, changed_at, library_changed_at, own, shared in rows:
        picture = pictures.get(own or shared, "")
        path = page_path(url_path, site.root_page.url_path)
        for address in (path, *forms.get(path, ())):
            yield SitemapEntry(
                url=f"{root_url}{address}",
                changed_at=max(filter(None, (changed_at, library_changed_at)), default=None),
                picture_url=full_url(picture, root_url) if picture else "",
            )


def _forms_below(site):
    """{path of the contact page: those of its further forms}: pages to patients, though not to Wagtail."""
    contact = profile_for(site).parts["contact"]
    return {contact.url: contact.further_forms} if contact else {}


def _rows_of(site):
    first, *others = (_columns_of(model, site) for model in types_that_patients_read())
    return list(first.union(*others, all=True).order_by("url_path")[:MOST_PAGES])


def types_that_patients_read() -> list[type[BasePage]]:
    """Every type of page that may stand in a sitemap: ours, and those of the project around."""
    return [model for model in page_models() if model.has_readers]


def _columns_of(model, site):
    is_shared, picture_field = issubclass(model, SharedPage), model.sitemap_picture
    own, *librarys = model.change_sources
    moment, number = DateTimeField(), IntegerField()
    columns = {
        "changed_at": F(own),
        "library_changed_at": F(*librarys) if librarys else _nothing(moment),
        "picture_id": F(f"{picture_field}__id") if picture_field else _nothing(number),
        "library_picture_id": _library_picture() if is_shared else _nothing(number),
    }
    pages = findable(model.objects.order_by(), site)
    renamed = {f"shown_{name}": column for name, column in columns.items()}
    return pages.annotate(**renamed).values_list("url_path", *(f"shown_{name}" for name in columns))


def _library_picture():
    """The library's picture as a page shows it: a held page the one that its clinic has accepted."""
    return Case(
        When(held_sections__isnull=False, held_details__isnull=False, then=F("held_picture__id")),
        default=F("library_page__hero_image__id"),
        output_field=IntegerField(),
    )


def _nothing(output_field):
    """No value, of a kind that PostgreSQL can match with other pages' values."""
    return Cast(Value(None), output_field)


def _picture_urls(picture_ids):
    """{picture id: address} of the files made for sharing; the latest where its focal point has moved."""
    renditions = get_image_model().get_rendition_model().objects
    made = renditions.filter(image_id__in=picture_ids, filter_spec=SHARED.spec).order_by("pk")
    shown = (rendition for rendition in made.select_related("image") if may_show(rendition.image))
    return {rendition.image_id: rendition.url for rendition in shown}
