"""Model fields of the project."""

from wagtail.fields import StreamField


class ContentField(StreamField):
    """A StreamField that keeps its block definitions out of migrations.

    Blocks live in Python and change often; the column is JSON and does not. Without this, every new
    help text would be a migration. A data migration that needs blocks imports them itself.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
