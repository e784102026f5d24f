"""Give a number to each row that code has made without one; the order that patients read stays."""

from django.db import migrations

from clinicsite.core.models.ordered import number_stored_rows

#: The models, each with the key to its parent.
LISTS = (("EvidenceStatement", "page"),)


def number_rows(apps, schema_editor):
    for name, parent in LISTS:
        number_stored_rows(apps.get_model("clinicsite_modalities", name), parent)


class Migration(migrations.Migration):
    dependencies = [("clinicsite_modalities", "0002_hold_details")]

    operations = [migrations.RunPython(number_rows, migrations.RunPython.noop, elidable=True)]
