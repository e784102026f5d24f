from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemoObject(models.Model):
    """Something `build_demo` made: what is not recorded here, it never touches."""

    key = models.CharField(max_length=200, unique=True, help_text="Such as northgate/page/treatments.")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")

    def __str__(self):
        return self.key
