from django.db import models
from wagtail.models import Page

from clinicsite.library.composition import Lock


class LibrarySection(models.Model):
    """One section of a live library page, as rows: what counts and comparisons over all clinics ask.

    Written when the library page is saved, in proportion to the library. The text itself is on the page.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="library_sections")
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
            models.UniqueConstraint(fields=["page", "section_id"], name="library_section_unique"),
        ]

    def __str__(self):
        return self.heading or self.kind
