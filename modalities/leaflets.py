"""A treatment or condition on paper: the whole page, or only what to do after a visit."""

from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone
from wagtail.url_routing import RouteResult

from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import Rendering, current_rendering, strings_in
from clinicsite.library.section_kinds import SectionKind

WHOLE = "whole"
AFTERCARE = "aftercare"
#: What stands behind a page's address -> the leaflet that answers there.
ADDRESSES = {("leaflet",): WHOLE, ("leaflet", "aftercare"): AFTERCARE}
#: Aftercare never leaves the house without what to do when something goes wrong.
AFTERCARE_KINDS = frozenset({SectionKind.AFTERCARE, SectionKind.URGENT_HELP})


class LeafletMixin:
    """A page whose sections can be printed on a sheet with the clinic's name, phone and a code to scan."""

    leaflet_template = "clinicsite/modalities/leaflet.html"

    @property
    def has_aftercare(self):
        """Whether the page says what to do after a visit."""
        return any(_kind_of(section) == SectionKind.AFTERCARE for section in self.composed_stream.raw_data)

    def route(self, request, path_components):
        leaflet = ADDRESSES.get(tuple(path_components))
        if leaflet is None:
            return super().route(request, path_components)
        if not self.live or (leaflet == AFTERCARE and not self.has_aftercare):
            raise Http404("There is no such leaflet.")
        return RouteResult(self, kwargs={"leaflet": leaflet})

    def get_template(self, request, *args, leaflet=None, **kwargs):
        return self.leaflet_template if leaflet else super().get_template(request, *args, **kwargs)

    def get_context(self, request, *args, leaflet=None, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if leaflet:
            sections = _on_paper(context["sections"], leaflet)
            context |= {"sections": sections, "leaflet": leaflet, "printed_on": _today()}
        return context


def _on_paper(stream, leaflet):
    """The sections of a leaflet, beginning with when to get help: no link can lead to it from the top.

    The citations count anew, so that the list of references has no gaps and keeps the order of the sheet.
    """
    pairs = zip(stream.raw_data, stream, strict=True)
    shown = [pair for pair in pairs if leaflet == WHOLE or _kind_of(pair[0]) in AFTERCARE_KINDS]
    shown.sort(key=lambda pair: _kind_of(pair[0]) != SectionKind.URGENT_HELP)
    counted = Rendering()
    counted.prepare(strings_in([raw for raw, _ in shown]))
    current_rendering().citations = counted.citations
    return [section for _, section in shown]


def _kind_of(raw):
    return raw["value"].get("kind")


def _today():
    """The date at the clinic."""
    clinic = profile_for(current_rendering().site)
    return timezone.now().astimezone(ZoneInfo(clinic.time_zone)).date() if clinic else timezone.localdate()
