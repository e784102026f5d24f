"""What two builds of the demo are compared by."""

from wagtail.models import Page, Site

from clinicsite.core.models import CustomImage, User
from clinicsite.demo.models import DemoObject
from modalities.models import Reference


def state():
    """Everything that two builds must have in common."""
    return {
        "pages": sorted(Page.objects.values_list("url_path", "title", "live")),
        "sites": sorted(Site.objects.values_list("hostname", "port")),
        "users": sorted(User.objects.values_list("username", "groups__name")),
        "pictures": sorted(CustomImage.objects.values_list("title", "collection__name")),
        "references": sorted(Reference.objects.values_list("citation_key", flat=True)),
        "records": sorted(DemoObject.objects.values_list("key", flat=True)),
    }
