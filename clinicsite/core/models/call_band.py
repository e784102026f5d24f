"""The band at the end of a page that asks to book, in the page's own words."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from clinicsite.core.fields import PictureField, ProseField

#: The fields of a page's own call to book; no library page has any, and no follower reads them of one.
CALL_FIELDS = ("call_heading", "call_text", "call_button", "call_picture")
LONGEST_BUTTON = 40
#: Said in the panel: whoever types one letter too many sees only that nothing more comes.
ABOUT_LENGTH = f"{LONGEST_BUTTON} letters at most."
ON_THE_BUTTON = f"On the button that leads to booking. {ABOUT_LENGTH}"


class CallBand(models.Model):
    """A page that ends in a call to book. What it leaves empty is the clinic's, as its settings say."""

    # With defaults: a project that has page types of ours gets these columns with a migration of its own.

    call_heading = ProseField("heading", blank=True, default="")
    call_text = ProseField("words", blank=True, default="")
    call_button = models.CharField(
        "words on the button",
        max_length=LONGEST_BUTTON,
        blank=True,
        default="",
        help_text="On the button that leads to booking.",
    )
    call_picture = PictureField(verbose_name="picture")

    call_panel = MultiFieldPanel(
        [
            FieldPanel("call_heading"),
            FieldPanel("call_text"),
            FieldPanel("call_button", help_text=ON_THE_BUTTON),
            FieldPanel("call_picture"),
        ],
        heading="Call to book",
        help_text="At the end of the page. What you leave empty is as your clinic’s settings have it.",
        classname="collapsed",
    )

    class Meta:
        abstract = True
