"""Words that mean the same to a patient, kept by the library for every clinic's search."""

import modelsearch.index
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_overrides_releases_and_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "terms",
                    models.TextField(
                        help_text="Two or more, one a line: slipped disc, then herniated disc. The first names the group.",
                        verbose_name="words and phrases",
                    ),
                ),
            ],
            options={
                "verbose_name": "words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["terms"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
