"""What is known of a picture, whichever image model the project has chosen."""


def alternative_text(picture) -> str:
    """What the picture shows, for people who cannot see it; empty where nobody has said.

    Never its title, which Wagtail's own models fall back on: that is as a rule the name of a file.
    """
    return getattr(picture, "alt_text", "") or getattr(picture, "description", "")
