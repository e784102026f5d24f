"""The sections a clinic has accepted, in place of the revision that held them: nothing is lost.

Going back, every page follows the library live again.
"""

from django.db import migrations, models

from clinicsite.library.conversions import keep_accepted_sections


def keep(apps, schema_editor):
    keep_accepted_sections(apps.get_model("modalities", "ConditionPage"))
    keep_accepted_sections(apps.get_model("modalities", "ModalityPage"))


class Migration(migrations.Migration):
    dependencies = [
        ("modalities", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="conditionpage",
            name="held_sections",
            field=models.JSONField(
                blank=True,
                editable=False,
                help_text="The library's sections as this clinic has accepted them; null follows the live ones.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="conditionpage",
            name="library_base",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="The library page as this clinic knows it: its title and slug, and since when it follows.",
            ),
        ),
        migrations.AddField(
            model_name="conditionpage",
            name="retired_sections",
            field=models.JSONField(
                blank=True,
                default=list,
                editable=False,
                help_text="On a library page: the sections it has dropped, for clinics that have not answered yet.",
            ),
        ),
        migrations.AddField(
            model_name="modalitypage",
            name="held_sections",
            field=models.JSONField(
                blank=True,
                editable=False,
                help_text="The library's sections as this clinic has accepted them; null follows the live ones.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="modalitypage",
            name="library_base",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="The library page as this clinic knows it: its title and slug, and since when it follows.",
            ),
        ),
        migrations.AddField(
            model_name="modalitypage",
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
            model_name="conditionpage",
            name="held_revision",
        ),
        migrations.RemoveField(
            model_name="modalitypage",
            name="held_revision",
        ),
    ]
