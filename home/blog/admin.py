"""The posts of a clinic's blog in the admin."""

from clinicsite.clinics.tenancy.listings import ClinicListingViewSet
from clinicsite.home.blog.models import BlogPage


class PostListing(ClinicListingViewSet):
    """A clinic's posts."""

    model = BlogPage
    name = "clinicsite_posts"
    url_prefix = "clinicsite/posts"
    icon = "edit"
    menu_label = "Posts"
    menu_name = "clinicsite-posts"
    menu_order = 140
