"""How a clinic wishes to be shown: where its e-mail stands, how its pages ask to book, how long lists are."""

from django.core.validators import MaxValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from clinicsite.core.fields import ProseField
from clinicsite.core.models.call_band import ABOUT_LENGTH, LONGEST_BUTTON

#: More posts below a page than this are a blog of their own.
MOST_POSTS = 24
#: As many stand there where a clinic has not said otherwise.
POSTS_BELOW = 3


class ClinicWishes(models.Model):
    """The part of a clinic's settings that says what its pages show of it, and how."""

    email_in_header = models.BooleanField("at the top of every page", default=False)
    email_in_footer = models.BooleanField("at the foot of every page", default=False)
    email_on_contact_page = models.BooleanField("on the contact page", default=True)
    email_at_locations = models.BooleanField("on pages and cards of locations", default=True)
    call_heading = ProseField(
        "heading", blank=True, help_text="Empty leaves each kind of page the words we have put there."
    )
    call_text = ProseField("words", blank=True)
    call_button = models.CharField(
        "words on the button", max_length=LONGEST_BUTTON, blank=True, help_text="Empty is “Book online”."
    )
    posts_below = models.PositiveSmallIntegerField(
        "posts below a post or a person",
        default=POSTS_BELOW,
        validators=[MaxValueValidator(MOST_POSTS)],
        help_text="0 for none. Those that a post names itself are shown all.",
    )

    email_panel = MultiFieldPanel(
        [
            FieldPanel("email_in_header"),
            FieldPanel("email_in_footer"),
            FieldPanel("email_on_contact_page"),
            FieldPanel("email_at_locations"),
        ],
        heading="Where patients read your e-mail",
        help_text="Tick none to show it nowhere. A location with an e-mail of its own shows that one.",
    )
    call_panel = MultiFieldPanel(
        [
            FieldPanel("call_heading"),
            FieldPanel("call_text"),
            FieldPanel("call_button", help_text=f"Empty is “Book online”. {ABOUT_LENGTH}"),
        ],
        heading="Call to book, at the end of pages",
        help_text="A page can have words and a picture of its own.",
    )
    lists_panel = MultiFieldPanel([FieldPanel("posts_below")], heading="Lists")

    class Meta:
        abstract = True
