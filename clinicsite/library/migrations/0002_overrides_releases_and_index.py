"""Fingerprints of overrides, an index of library sections, releases, and pages a clinic has declined."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="sectionoverride",
            name="base_fingerprint",
            field=models.CharField(db_index=True, default="", editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="sectionoverride",
            name="is_kept",
            field=models.BooleanField(
                default=False, help_text="The library has retired the section; the clinic keeps its own."
            ),
        ),
        migrations.AlterField(
            model_name="sectionoverride",
            name="action",
            field=models.CharField(
                choices=[
                    ("replace", "Ours instead"),
                    ("hide", "Hide it"),
                    ("return", "The library's for now"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="DeclinedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("declined_at", models.DateTimeField(auto_now_add=True)),
                (
                    "declined_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "library_page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("site", "library_page"), name="declined_page_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="LibrarySection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section_id", models.CharField(db_index=True, max_length=36)),
                ("position", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=30)),
                ("heading", models.CharField(blank=True, max_length=150)),
                (
                    "lock",
                    models.CharField(
                        choices=[("free", "Free"), ("adapt", "Adapt"), ("locked", "Locked")], max_length=10
                    ),
                ),
                ("fingerprint", models.CharField(max_length=32)),
                ("is_retired", models.BooleanField(default=False)),
                (
                    "changed_at",
                    models.DateTimeField(help_text="When its words last changed, or the library retired it."),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="library_sections",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["page", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("page", "section_id"), name="library_section_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("approved_at", models.DateTimeField(auto_now_add=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="library_approvals",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-approved_at", "-pk"],
                "indexes": [models.Index(fields=["page", "digest"], name="approval_of_version")],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pilot", "With pilot clinics"),
                            ("scheduled", "At a set time"),
                            ("live", "With every clinic"),
                            ("ended", "Ended before it reached every clinic"),
                            ("undone", "Taken back"),
                            ("retired", "Page retired"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "content",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="The version that was released, as a revision stores it.",
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="The version every clinic had before; null for a first.",
                        null=True,
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="What changed and why, for the clinics' editors."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("scheduled_for", models.DateTimeField(blank=True, null=True)),
                ("live_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="library_releases",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        help_text="For comparing, while kept.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "revision_before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="library.approval",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        help_text="On a retired page: the library page that takes its place.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("pilots", models.ManyToManyField(blank=True, related_name="+", to="wagtailcore.site")),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["pilot", "scheduled"])),
                        fields=("page",),
                        name="one_release_under_way",
                        violation_error_message="A release of this page is under way. Finish or end it first.",
                    )
                ],
            },
        ),
    ]
