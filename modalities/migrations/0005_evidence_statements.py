"""What the evidence says of a treatment for a condition, below the treatment's page."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("modalities", "0004_body_regions"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("good", "Good evidence"),
                            ("some", "Some evidence"),
                            ("little", "Little evidence"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "statement",
                    models.CharField(
                        help_text="One or two plain sentences: what was found, and what was not.",
                        max_length=300,
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="modalities.conditionpage",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_statements",
                        to="modalities.modalitypage",
                    ),
                ),
                (
                    "reference",
                    models.ForeignKey(
                        blank=True,
                        help_text="The study or review that says so. Only “not known” may do without.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="modalities.reference",
                    ),
                ),
            ],
            options={
                "verbose_name": "what the evidence says",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "condition"),
                        name="evidence_statement_unique",
                        violation_error_message="There is a statement about this condition already. Change that one.",
                    )
                ],
            },
        ),
    ]
