from django.db import migrations, models

#: Font pair -> (mood, opening): what a pair meant until both became choices of their own.
MEANT = {
    "figtree": ("calm", "split"),
    "lora-source-sans": ("calm", "flipped"),
    "fraunces-nunito-sans": ("warm", "arch"),
    "dm-sans": ("crisp", "bleed"),
    "bitter-public-sans": ("crisp", "bleed"),
    "newsreader-work-sans": ("warm", "panorama"),
}


def keep_what_the_fonts_meant(apps, schema_editor):
    """Let every clinic look as it did: its mood and opening are those of its font pair."""
    ClinicSettings = apps.get_model("clinics", "ClinicSettings")
    for font_pair, (mood, opening) in MEANT.items():
        ClinicSettings.objects.filter(font_pair=font_pair).update(mood=mood, opening=opening)


class Migration(migrations.Migration):
    """A clinic chooses its mood and its front page's opening apart from its fonts."""

    dependencies = [("clinics", "0002_start_empty")]

    operations = [
        migrations.AlterField(
            model_name="clinicsettings",
            name="font_pair",
            field=models.CharField(
                choices=[
                    ("figtree", "Figtree: friendly and clear"),
                    ("lora-source-sans", "Lora and Source Sans: bookish"),
                    ("fraunces-nunito-sans", "Fraunces and Nunito Sans: soft and old-fashioned"),
                    ("dm-sans", "DM Sans: plain and modern"),
                    ("bitter-public-sans", "Bitter and Public Sans: sturdy"),
                    ("newsreader-work-sans", "Newsreader and Work Sans: quiet"),
                ],
                default="figtree",
                max_length=30,
                verbose_name="fonts",
            ),
        ),
        migrations.AddField(
            model_name="clinicsettings",
            name="mood",
            field=models.CharField(
                choices=[
                    ("calm", "Calm: room to breathe, thin lines, soft colour"),
                    ("crisp", "Crisp: straight edges, strong lines, more on a screen"),
                    ("warm", "Warm: round shapes, soft shadows, cream paper"),
                ],
                default="calm",
                help_text="How all your pages are laid out. Your colours and fonts stay the same.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="clinicsettings",
            name="opening",
            field=models.CharField(
                choices=[
                    ("split", "Words first, picture beside them"),
                    ("flipped", "Picture first, words beside it"),
                    ("bleed", "White words on deep colour, picture to the edge"),
                    ("arch", "Words first, picture under an arch"),
                    ("panorama", "Words in the middle, wide picture below"),
                ],
                default="split",
                help_text="The picture is the one of your front page. A phone shows one below the other.",
                max_length=10,
                verbose_name="front page begins with",
            ),
        ),
        migrations.RunPython(keep_what_the_fonts_meant, migrations.RunPython.noop),
    ]
