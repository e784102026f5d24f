from home.models.blog import BlogIndexPage, BlogPage, BlogPageTag, BlogTag
from home.models.contact import ContactPage
from home.models.homes import FeaturedCondition, FeaturedTreatment, HomePage
from home.models.messages import ContactMessage
from home.models.search import MissedSearch, SuggestedResult
from home.models.standard import StandardPage

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
