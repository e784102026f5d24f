"""Where a clinic is licensed. Which rules apply there comes from packs keyed by these codes (ISO 3166-2)."""

from django.db import models


class Jurisdiction(models.TextChoices):
    """Country and province or state."""

    CA_AB = "CA-AB", "Alberta, Canada"
    CA_BC = "CA-BC", "British Columbia, Canada"
    CA_MB = "CA-MB", "Manitoba, Canada"
    CA_NB = "CA-NB", "New Brunswick, Canada"
    CA_NL = "CA-NL", "Newfoundland and Labrador, Canada"
    CA_NS = "CA-NS", "Nova Scotia, Canada"
    CA_NT = "CA-NT", "Northwest Territories, Canada"
    CA_NU = "CA-NU", "Nunavut, Canada"
    CA_ON = "CA-ON", "Ontario, Canada"
    CA_PE = "CA-PE", "Prince Edward Island, Canada"
    CA_QC = "CA-QC", "Quebec, Canada"
    CA_SK = "CA-SK", "Saskatchewan, Canada"
    CA_YT = "CA-YT", "Yukon, Canada"

    @property
    def usual_zone(self) -> str:
        """The time zone in which most of its people live (IANA); single places may keep another."""
        return _USUAL_ZONES[self.value]

    @property
    def region(self):
        """The part after the country, such as ON."""
        return self.value.split("-")[1]

    @property
    def region_name(self):
        """The province or state in words."""
        return self.label.split(",")[0]


_USUAL_ZONES = {
    "CA-AB": "America/Edmonton",
    "CA-BC": "America/Vancouver",
    "CA-MB": "America/Winnipeg",
    "CA-NB": "America/Moncton",
    "CA-NL": "America/St_Johns",
    "CA-NS": "America/Halifax",
    "CA-NT": "America/Yellowknife",
    "CA-NU": "America/Iqaluit",
    "CA-ON": "America/Toronto",
    "CA-PE": "America/Halifax",
    "CA-QC": "America/Toronto",
    "CA-SK": "America/Regina",
    "CA-YT": "America/Whitehorse",
}
