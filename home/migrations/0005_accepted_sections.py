"""The sections a clinic has accepted, in place of the revision that held them: nothing is lost.

Going back, every page follows the library live again.
"""

from django.db import migrations, models

from clinicsite.library.conversions import keep_accepted_sections


def keep(apps, schema_editor):
    keep_accepted_sections(apps.get_model("home", "BlogPage"))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_contact_message_location_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="blogpage",
            name="held_sections",
            field=models.JSONField(
                blank=True,
                editable=False,
                help_text="The library's sections as this clinic has accepted them; null follows the live ones.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="blogpage",
            name="library_base",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="The library page as this clinic knows it: its title and slug, and since when it follows.",
            ),
        ),
        migrations.AddField(
            model_name="blogpage",
            name="retired_sections",
            field=models.JSONField(
                blank=True,
                default=list,
                editable=False,
                help_text="On a library page: the sections it has dropped, for clinics that have not answered yet.",
            ),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="blogpage",
            name="held_revision",
        ),
    ]
