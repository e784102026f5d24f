from django.db import models


class PageChange(models.Model):
    """Something that kept pages are made from has changed; written with the change itself, or not at all.

    Other machines read it, and processes that were not told: see `clinicsite.core.page_cache`.
    """

    name = models.CharField(max_length=100, help_text="What has a new version, such as site:7.")
    version = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return self.name
