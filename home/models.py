"""Every model of this app, for Django, which looks for them here; code imports each from where it stands."""

from home.blog.models import BlogIndexPage, BlogPage, BlogPageTag, BlogTag
from home.contact.models import ContactMessage
from home.contact.pages import ContactPage
from home.pages.front import FeaturedCondition, FeaturedTreatment, HomePage
from home.pages.standard import StandardPage
from home.search.models import MissedSearch, SuggestedResult

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
    "MissedSearch",
    "StandardPage",
    "SuggestedResult",
]
