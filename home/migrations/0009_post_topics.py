"""Which conditions and treatments a post is about; on a follower, none means the library's."""

import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0006_requests"),
        ("modalities", "0005_evidence_statements"),
    ]

    operations = [
        migrations.AddField(
            model_name="blogpage",
            name="conditions",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="What the post is about. On a page that follows the library, none ticked means the library's.",
                related_name="posts",
                to="modalities.conditionpage",
            ),
        ),
        migrations.AddField(
            model_name="blogpage",
            name="modalities",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="What the post is about. On a page that follows the library, none ticked means the library's.",
                related_name="posts",
                to="modalities.modalitypage",
                verbose_name="treatments",
            ),
        ),
    ]
