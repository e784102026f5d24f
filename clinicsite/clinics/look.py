"""What an owner can choose for the look of a site, in an owner's words."""

from django.db import models


class FontPair(models.TextChoices):
    """Fonts for headings and for text, kept with the project."""

    FIGTREE = "figtree", "Figtree: friendly and clear"
    LORA_SOURCE_SANS = "lora-source-sans", "Lora and Source Sans: bookish"
    FRAUNCES_NUNITO_SANS = "fraunces-nunito-sans", "Fraunces and Nunito Sans: soft and old-fashioned"
    DM_SANS = "dm-sans", "DM Sans: plain and modern"
    BITTER_PUBLIC_SANS = "bitter-public-sans", "Bitter and Public Sans: sturdy"
    NEWSREADER_WORK_SANS = "newsreader-work-sans", "Newsreader and Work Sans: quiet"


class Mood(models.TextChoices):
    """How the pages are laid out and drawn: a class of the page (`mood-warm`).

    Each has a file in static/clinicsite/css/moods.
    """

    CALM = "calm", "Calm: room to breathe, thin lines, soft colour"
    CRISP = "crisp", "Crisp: straight edges, strong lines, more on a screen"
    WARM = "warm", "Warm: round shapes, soft shadows, cream paper"


class Opening(models.TextChoices):
    """How the front page begins: a class of the page (`opening-arch`)."""

    SPLIT = "split", "Words first, picture beside them"
    FLIPPED = "flipped", "Picture first, words beside it"
    BLEED = "bleed", "White words on deep colour, picture to the edge"
    ARCH = "arch", "Words first, picture under an arch"
    PANORAMA = "panorama", "Words in the middle, wide picture below"
