import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Addresses of deleted pages, which answer “gone” instead of “not found”."""

    dependencies = [
        ("core", "0002_media"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoneAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        help_text="From the site's root, such as /blog/old-post/.", max_length=500
                    ),
                ),
                ("gone_at", models.DateTimeField(auto_now_add=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("site", "path"), name="gone_address_unique")],
            },
        ),
    ]
