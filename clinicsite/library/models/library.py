"""Rows about library pages: one for each section, and one for each page that a clinic does not want."""

from django.conf import settings
from django.db import models
from wagtail.models import Page, Site

from clinicsite.library.composition import Lock


class LibrarySection(models.Model):
    """One section of a live library page, as rows: what counts and comparisons over all clinics ask.

    Written when the library page is saved, in proportion to the library. The text itself is on the page.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="clinicsite_library_sections")
    section_id = models.CharField(max_length=36, db_index=True)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    heading = models.CharField(max_length=150, blank=True)
    lock = models.CharField(max_length=10, choices=[(lock.value, lock.name.title()) for lock in Lock])
    fingerprint = models.CharField(max_length=32)
    is_retired = models.BooleanField(default=False)
    changed_at = models.DateTimeField(help_text="When its words last changed, or the library retired it.")

    class Meta:
        ordering = ["page", "position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "section_id"], name="clinicsite_library_section_unique"),
        ]

    def __str__(self):
        return self.heading or self.kind


class DeclinedPage(models.Model):
    """A library page that a clinic has decided not to have: its updates no longer offer it."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    library_page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    declined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "library_page"], name="clinicsite_declined_page_unique"),
        ]

    def __str__(self):
        return f"{self.site}: {self.library_page}"
