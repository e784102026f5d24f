"""Call-back requests and free consultations beside messages; how long all are kept, and who has answered.

Messages from before become messages of the new kind "message", not yet answered, and are kept for 90 days
from the day they came: the first run of `purge_messages` deletes the older ones.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="contactmessage",
            options={"ordering": ["-created_at", "-pk"], "verbose_name": "message"},
        ),
        migrations.AddField(
            model_name="contactpage",
            name="accepted_answers",
            field=models.CharField(
                blank=True,
                help_text="Every answer you accept, with commas between: Toronto, Toronto Ontario.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="contactpage",
            name="keep_days",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (30, "30 days"),
                    (60, "60 days"),
                    (90, "90 days"),
                    (180, "180 days"),
                    (365, "One year"),
                ],
                default=90,
                help_text="Then they are deleted for good. Patients are told so beside the form.",
                verbose_name="keep messages for",
            ),
        ),
        migrations.AddField(
            model_name="contactpage",
            name="question",
            field=models.CharField(
                blank=True,
                help_text="Only if you get advertisements: what every patient knows, such as “What city are we in?”",
                max_length=120,
            ),
        ),
        migrations.AlterField(
            model_name="contactpage",
            name="thanks",
            field=models.CharField(
                default="Thank you. We will answer within one working day.",
                help_text="Shown after any form was sent, and mailed to patients who gave an e-mail address.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="contactmessage",
            name="answered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="contactmessage",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactmessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("message", "Message"),
                    ("call_back", "Call-back request"),
                    ("consultation", "Free consultation"),
                ],
                default="message",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="contactmessage",
            name="submission",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Names one sending, so that none is stored twice.",
                max_length=64,
            ),
        ),
        migrations.AddField(
            model_name="contactmessage",
            name="treatment",
            field=models.CharField(blank=True, help_text="Of the clinic's own list.", max_length=255),
        ),
        migrations.AlterField(
            model_name="contactmessage",
            name="message",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="contactmessage",
            name="phone",
            field=models.CharField(
                blank=True, help_text="E.164, with ;ext= after it (RFC 3966).", max_length=30
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submission", ""), _negated=True),
                fields=("submission",),
                name="contact_message_stored_once",
            ),
        ),
    ]
