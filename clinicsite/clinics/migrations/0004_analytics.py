from django.db import migrations, models

import clinicsite.clinics.validators


class Migration(migrations.Migration):
    """A clinic can connect its own count of visits; off for every clinic there is."""

    dependencies = [("clinics", "0003_mood_and_opening")]

    operations = [
        migrations.AddField(
            model_name="clinicsettings",
            name="analytics_kind",
            field=models.CharField(
                blank=True,
                choices=[("plausible", "Plausible"), ("matomo", "Matomo"), ("umami", "Umami")],
                default="",
                help_text="Empty counts nobody.",
                max_length=10,
                verbose_name="program",
            ),
        ),
        migrations.AddField(
            model_name="clinicsettings",
            name="analytics_script",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The full address of its script, such as https://stats.northgate.example/js/script.js.",
                max_length=200,
                validators=[clinicsite.clinics.validators.validate_script_address],
                verbose_name="address of its script",
            ),
        ),
        migrations.AddField(
            model_name="clinicsettings",
            name="analytics_site",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What the program calls your site: a domain for Plausible, a number for Matomo, an id for Umami.",
                max_length=100,
                validators=[clinicsite.clinics.validators.validate_site_name],
                verbose_name="your site in it",
            ),
        ),
        migrations.AddField(
            model_name="clinicsettings",
            name="analytics_on_health_pages",
            field=models.BooleanField(
                default=False,
                help_text="Left out unless you tick this. What somebody reads about, or writes to you, can tell what they suffer from. Regulators treat that as health information, and have acted against health websites that passed it on. Ask whoever advises you on privacy first.",
                verbose_name="also count treatment, condition, blog and contact pages",
            ),
        ),
    ]
