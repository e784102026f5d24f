"""Where the link of a test message leads: a button for whoever reads the clinic's mail, login or not."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from clinicsite.clinics.models.launch import MailTest


# Whoever reads the clinic's mail has no session with us, and the token in the address guards the one thing
# that this changes: no other page knows it, so a cookie against forgery would add nothing.
@csrf_exempt
@never_cache
def confirm(request, token):
    """Ask for a press, as programs that look at mails open links too; and note it.

    The token says all that there is to know, so no cookie has to.
    """
    test = get_object_or_404(MailTest.objects.select_related("site"), token=token)
    if request.method == "POST" and test.confirmed_at is None:
        MailTest.objects.filter(pk=test.pk, confirmed_at=None).update(confirmed_at=timezone.now())
        test.refresh_from_db()
    context = {"clinic_name": test.site.site_name or test.site.hostname, "test": test}
    return TemplateResponse(request, "clinicsite/clinics/mail_test.html", context)


urlpatterns = [path("<slug:token>/", confirm, name="clinicsite_mail_test")]
