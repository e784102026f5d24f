from django.db import models
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from clinicsite.core.models import BasePage
from home.contact import ContactForm, deliver, is_throttled


class ContactPage(BasePage):
    """How patients write to a clinic without an account."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    page_description = "A form for messages. One for each clinic."

    introduction = models.CharField(max_length=300, blank=True)
    thanks = models.CharField(
        max_length=300,
        default="Thank you. We have your message and will answer within one working day.",
        help_text="Shown after a message was sent.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("thanks")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    preview_modes = [("", "The form"), ("thanks", "After sending")]

    class Meta:
        verbose_name = "contact page"

    def serve_preview(self, request, mode_name):
        request.GET = {"sent": "1"} if mode_name == "thanks" else {}
        return self._show(request, ContactForm())

    def serve(self, request, *args, **kwargs):
        if request.method != "POST":
            return self._show(request, ContactForm())
        form = ContactForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        if is_throttled(request):
            form.add_error(
                None, "You have sent several messages already. Please call us, or try again in an hour."
            )
            return self._show(request, form, status=429)
        if not form.is_from_a_robot:
            deliver(form, self)
        return HttpResponseRedirect(f"{self.get_url(request)}?sent=1")

    def _show(self, request, form, status=200):
        context = self.get_context(request)
        context["form"] = form
        context["is_sent"] = bool(request.GET.get("sent"))
        return TemplateResponse(request, self.get_template(request), context, status=status)


class ContactMessage(models.Model):
    """A message a patient sent through a clinic's contact page."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=30, blank=True)
    preferred_time = models.CharField(max_length=100, blank=True)
    location = models.CharField(max_length=255, blank=True)
    message = models.TextField()
    created_at = models.DateTimeField("received", auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(email="", phone=""), name="contact_message_can_be_answered"
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.created_at:%Y-%m-%d}"
