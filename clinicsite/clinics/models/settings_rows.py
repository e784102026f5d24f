"""Rows of a clinic's settings."""

from django.db import models
from modelcluster.fields import ParentalKey

from clinicsite.core.fields import WebAddressField
from clinicsite.core.models.ordered import OrderedRow


class Insurer(OrderedRow):
    """An insurer the clinic bills directly."""

    clinic = ParentalKey(
        "clinicsite_clinics.ClinicSettings", on_delete=models.CASCADE, related_name="insurers"
    )
    name = models.CharField(max_length=100)

    def __str__(self):
        return self.name


class SocialLink(OrderedRow):
    """The clinic's page on a social network."""

    class Network(models.TextChoices):
        """Networks we have an icon for."""

        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        LINKEDIN = "linkedin", "LinkedIn"
        YOUTUBE = "youtube", "YouTube"

    clinic = ParentalKey(
        "clinicsite_clinics.ClinicSettings", on_delete=models.CASCADE, related_name="social_links"
    )
    network = models.CharField(max_length=20, choices=Network.choices)
    url = WebAddressField("address")

    def __str__(self):
        return self.get_network_display()
