"""On a library page: whether search engines may show the pages of clinics that follow it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_accepted_sections"),
    ]

    operations = [
        migrations.AddField(
            model_name="blogpage",
            name="search_on_clinics",
            field=models.CharField(
                choices=[
                    ("self", "Each clinic’s page may be found, and names itself as the original"),
                    ("noindex", "Keep the clinics’ pages out of search engines"),
                ],
                default="self",
                help_text="For the clinics’ pages that follow this one. A page that stands on its own is always its own original.",
                max_length=10,
                verbose_name="in search engines",
            ),
        ),
    ]
