"""The posts of a clinic's blog in the admin."""

from clinicsite.clinics.tenancy.listings import ClinicListingViewSet
from home.blog.models import BlogPage


class PostListing(ClinicListingViewSet):
    """A clinic's posts."""

    model = BlogPage
    name = "posts"
    icon = "edit"
    menu_label = "Posts"
    menu_order = 140
