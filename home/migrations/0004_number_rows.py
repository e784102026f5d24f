"""Give a number to each row that code has made without one; the order that patients read stays."""

from django.db import migrations

from clinicsite.core.models.ordered import number_stored_rows

#: The models, each with the key to its parent.
LISTS = (
    ("FeaturedTreatment", "home"),
    ("FeaturedCondition", "home"),
    ("SuggestedResult", "home"),
)


def number_rows(apps, schema_editor):
    for name, parent in LISTS:
        number_stored_rows(apps.get_model("clinicsite_home", name), parent)


class Migration(migrations.Migration):
    dependencies = [("clinicsite_home", "0003_topics")]

    operations = [migrations.RunPython(number_rows, migrations.RunPython.noop, elidable=True)]
