"""Give each tag the address of its topic, which its own letters make, in place of one that was counted up."""

from django.db import migrations, models

from clinicsite.home.blog.topics import topic_of


def name_topics(apps, schema_editor):
    for tag in apps.get_model("clinicsite_home", "BlogTag").objects.all():
        tag.slug = topic_of(tag.name)
        tag.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("clinicsite_home", "0002_hold_details")]

    operations = [
        migrations.AlterField(
            model_name="blogtag",
            name="slug",
            field=models.CharField(db_index=True, editable=False, max_length=255),
        ),
        # The addresses of before are lost: they named other clinics' tags.
        migrations.RunPython(name_topics, migrations.RunPython.noop),
    ]
