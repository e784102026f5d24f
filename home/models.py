"""Every model of this app, for Django, which looks for them here; code imports each from where it stands."""

from clinicsite.home.blog.models import BlogIndexPage, BlogPage, BlogPageTag, BlogTag, RelatedPost
from clinicsite.home.contact.models import ContactMessage, MessageMail
from clinicsite.home.contact.pages import ContactPage
from clinicsite.home.pages.front import FeaturedCondition, FeaturedTreatment, HomePage
from clinicsite.home.pages.standard import StandardPage
from clinicsite.home.search.models import MissedSearch, SuggestedResult

__all__ = [
    "BlogIndexPage",
    "BlogPage",
    "BlogPageTag",
    "BlogTag",
    "ContactMessage",
    "ContactPage",
    "FeaturedCondition",
    "FeaturedTreatment",
    "HomePage",
    "MessageMail",
    "MissedSearch",
    "RelatedPost",
    "StandardPage",
    "SuggestedResult",
]
