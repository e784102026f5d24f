"""A clinic's own count of its visits, in an owner's words."""

from django.db import models


class AnalyticsKind(models.TextChoices):
    """Programs that count visits and can run on a host of the clinic's own choice."""

    PLAUSIBLE = "plausible", "Plausible"
    MATOMO = "matomo", "Matomo"
    UMAMI = "umami", "Umami"


#: Shown beside the choice. Cases: United States v. GoodRx (2023), FTC in the matter of BetterHelp (2023).
WHY_NOT_ON_HEALTH_PAGES = (
    "Left out unless you tick this. What somebody reads about, or writes to you, can tell what they "
    "suffer from. Regulators treat that as health information, and have acted against health websites that "
    "passed it on. Ask whoever advises you on privacy first."
)
EXPLANATION = (
    "<p>Your site counts nobody by itself. Here you can connect a program of your own that counts visits. It "
    "is loaded only after a visitor has said yes, never where the browser asks not to be followed, and sets "
    "no cookie. Say on your privacy page who runs it and what it keeps.</p>"
)
