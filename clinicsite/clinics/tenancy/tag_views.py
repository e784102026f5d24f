"""What the field for tags suggests as somebody types, under the addresses of Wagtail's own."""

from django.apps import apps
from django.http import Http404, JsonResponse
from django.urls import path
from taggit.models import Tag, TagBase
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT

from clinicsite.clinics.tenancy.tags import tags_met_by


def autocomplete(request, app_name=None, model_name=None):
    """The first names of tags, in order, that begin as was typed and that the person meets; as JSON."""
    tag_model = _tag_model(app_name, model_name) if app_name else Tag
    term = request.GET.get("term", "").replace("\0", "")
    tags = tags_met_by(request.user, tag_model).filter(name__istartswith=term).order_by("name")
    names = tags.values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT] if term else []
    return JsonResponse(list(names), safe=False)


def _tag_model(app_name, model_name):
    try:
        model = apps.get_model(app_name, model_name)
    except LookupError as error:
        raise Http404 from error
    if not issubclass(model, TagBase):
        raise Http404
    return model


app_name = "clinicsite_tags"
#: To stand before Wagtail's own, under the same addresses.
urlpatterns = [
    path("", require_admin_access(autocomplete), name="autocomplete"),
    path("<slug:app_name>/<slug:model_name>/", require_admin_access(autocomplete), name="model_autocomplete"),
]
