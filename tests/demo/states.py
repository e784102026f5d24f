"""What two builds of the demo are compared by."""

from wagtail.models import Page, Site

from clinicsite.demo.models import DemoObject
from clinicsite.media.models import CustomImage
from clinicsite.modalities.models import Reference
from clinicsite.users.models import User


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
