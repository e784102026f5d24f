"""A condition may be felt in several regions, and the back is an upper and a lower one; nothing is lost.

What was "back" becomes both. Going back, only the first region of a condition is kept, and the regions that
did not exist before become none: the library's on a page that follows it.
"""

from django.db import migrations

import modalities.regions
from modalities.regions import FORMER

BEFORE = {"upper-back": "back", "lower-back": "back", "thigh": None, "lower-leg": None}


def split(apps, schema_editor):
    conditions = apps.get_model("modalities", "ConditionPage").objects
    for former, present in FORMER.items():
        conditions.filter(body_regions=former).update(body_regions=present)


def join(apps, schema_editor):
    conditions = apps.get_model("modalities", "ConditionPage").objects
    for stored in set(conditions.exclude(body_regions=None).values_list("body_regions", flat=True)):
        first = stored.split(",")[0]
        conditions.filter(body_regions=stored).update(body_regions=BEFORE.get(first, first))


class Migration(migrations.Migration):
    dependencies = [
        ("modalities", "0003_search_engines"),
    ]

    operations = [
        migrations.RenameField("conditionpage", "body_region", "body_regions"),
        migrations.AlterField(
            model_name="conditionpage",
            name="body_regions",
            field=modalities.regions.RegionsField(
                blank=True, help_text="Where it is felt: tick all.", max_length=200, null=True
            ),
        ),
        migrations.RunPython(split, join),
    ]
