from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from clinicsite.core.fields import ProseField
from clinicsite.core.models import BasePage
from clinicsite.core.page_types import CLINIC_PAGES
from clinicsite.home.contact.choices import KeepDays
from clinicsite.home.contact.views import RequestView
from clinicsite.home.contact.ways import clinic_with, ways_of


@CLINIC_PAGES.register
class ContactPage(RoutablePageMixin, BasePage):
    """How patients reach a clinic without an account: a message, a call back, a free consultation."""

    template = "clinicsite/home/contact_page.html"
    parent_page_types = ["clinicsite_home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    # Its forms act for nobody who is signed in, so they need no secret, and no cookie to keep one in.
    takes_anonymous_forms = True
    # A program that counts visits could read what a patient writes here.
    reveals_health = True
    reveals_health = True
    keeps_records = True
    page_description = "Forms to write, to ask for a call and for a free consultation. One for each clinic."

    introduction = ProseField(blank=True)
    thanks = ProseField(
        default="Thank you. We will answer within one working day.",
        help_text="Shown after any form was sent, and mailed to patients who gave an e-mail address.",
    )
    keep_days = models.PositiveSmallIntegerField(
        "keep messages for",
        choices=KeepDays.choices,
        default=KeepDays.THREE_MONTHS,
        help_text="Then they are deleted for good. Patients are told so beside the form.",
    )
    question = ProseField(
        blank=True,
        help_text="Only if you get advertisements: what every patient knows, such as “What city are we in?”",
    )
    accepted_answers = ProseField(
        blank=True,
        help_text="Every answer you accept, with commas between: Toronto, Toronto Ontario.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("thanks")]
    extra_tabs = [
        (
            [
                FieldPanel("keep_days"),
                MultiFieldPanel(
                    [FieldPanel("question"), FieldPanel("accepted_answers")],
                    heading="A question against robots",
                ),
            ],
            "Messages",
        )
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = "contact page"

    def clean(self):
        super().clean()
        if bool(self.question) != bool(self.accepted_answers.strip(" ,")):
            field = "accepted_answers" if self.question else "question"
            raise ValidationError({field: "A question needs its answers, and answers their question."})

    @property
    def preview_modes(self):
        """Each form that the clinic offers, and what is shown after one was sent."""
        forms = [(way.slug, way.kind.label) for way in ways_of(clinic_with(self))]
        return [*forms, ("sent", "After sending")]

    def serve_preview(self, request, mode_name):
        if mode_name == "sent":
            return self.show_receipt(request)
        return self.show_form(request, mode_name)

    @path("sent/")
    @path("<slug:slug>/sent/")
    def show_receipt(self, request, slug=""):
        """Say that what was sent has arrived."""
        return RequestView(self, request, slug).show_receipt()

    @path("")
    @path("<slug:slug>/")
    def show_form(self, request, slug=""):
        """One of the forms, or what becomes of it when it is sent."""
        return RequestView(self, request, slug).answer()
