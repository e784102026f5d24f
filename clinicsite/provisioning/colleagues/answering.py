"""Where somebody answers an invitation: with a new account, or with the one they have."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.core.signing import BadSignature
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from clinicsite.clinics.audit.log import record
from clinicsite.clinics.models import AuditEntry
from clinicsite.core.conf import conf
from clinicsite.core.typed_times import date_in_words
from clinicsite.provisioning.colleagues.forms import NewPersonForm
from clinicsite.provisioning.colleagues.inviting import clinic_name, read_token
from clinicsite.provisioning.colleagues.people import give
from clinicsite.provisioning.colleagues.rights import may_give
from clinicsite.provisioning.models import Invitation
from clinicsite.provisioning.people import new_person, people_with

ALTERED = "This link is not whole. Open it from the mail again, or copy all of it."
GONE = (
    "This invitation is not open any more: it was answered or taken back, or another mail was sent. If you "
    "have said yes, sign in. If not, take the newest mail, or ask whoever asked you."
)
ENDED = "This invitation ran out on {day}. Ask {clinic} to send it again."
FOREIGN = (
    "This invitation is for another e-mail address than that of the account you are signed in to. Sign out, "
    "and open the link again."
)
SWITCHED_OFF = (
    "The account with this e-mail address is switched off. Ask the people who look after the website."
)


@sensitive_post_parameters()
@never_cache
def answer(request, token):
    """Say yes to an invitation; whatever stands in the way is said in words."""
    try:
        invitation = read_token(token)
    except BadSignature:
        return _refused(request, ALTERED, HTTPStatus.NOT_FOUND)
    if invitation is None:
        return _refused(request, GONE, HTTPStatus.GONE)
    if invitation.has_ended:
        day = date_in_words(timezone.localdate(invitation.ends_at))
        sentence = ENDED.format(day=day, clinic=clinic_name(invitation.site))
        return _refused(request, sentence, HTTPStatus.GONE)
    known = people_with(invitation.email)
    return _by_the_known(request, invitation, known) if known else _by_a_newcomer(request, invitation)


def _by_the_known(request, invitation, known):
    active = [one for one in known if one.is_active]
    if not active:
        return _refused(request, SWITCHED_OFF, HTTPStatus.FORBIDDEN)
    if request.user.is_anonymous:
        query = urlencode({"next": request.path})
        return redirect(f"{reverse('wagtailadmin_login')}?{query}")
    if request.user not in active:
        return _refused(request, FOREIGN, HTTPStatus.FORBIDDEN)
    if request.method != "POST":
        return _screen(request, invitation)
    if not _accept(request, invitation, request.user):
        return _refused(request, GONE, HTTPStatus.GONE)
    messages.success(request, f"You work at {clinic_name(invitation.site)} now.")
    return redirect("wagtailadmin_home")


def _by_a_newcomer(request, invitation):
    if request.user.is_authenticated:
        return _refused(request, FOREIGN, HTTPStatus.FORBIDDEN)
    person = new_person(invitation.email)
    form = NewPersonForm(person, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _screen(request, invitation, form)
    with transaction.atomic():
        if not _accept(request, invitation, lambda: _saved(form)):
            return _refused(request, GONE, HTTPStatus.GONE)
    messages.success(
        request, f"Your account is made. Sign in with {person.get_username()} and your new password."
    )
    return redirect("wagtailadmin_login")


def _saved(form):
    person = form.user
    for name in ("first_name", "last_name"):
        if hasattr(person, name):
            setattr(person, name, form.cleaned_data[name])
    form.save()
    return person


@transaction.atomic
def _accept(request, invitation, person) -> bool:
    """Give the role, once: of two answers at the same time one finds the invitation gone.

    So does whoever was asked by somebody who could not give that role any more.
    """
    if not _may_still_give(invitation):
        return False
    deleted, _ = Invitation.objects.filter(pk=invitation.pk, key=invitation.key).delete()
    if not deleted:
        return False
    person = person() if callable(person) else person
    give(invitation.site, person, invitation.role)
    about = f"Said yes: {invitation.email} as {invitation.role}"
    record(AuditEntry.Kind.INVITATION, about, site_id=invitation.site_id, person=person, request=request)
    return True


def _may_still_give(invitation) -> bool:
    by = invitation.invited_by
    return by is not None and by.is_active and may_give(by, invitation.site, invitation.role)


def _screen(request, invitation, form=None):
    context = {
        "form": form,
        "invitation": invitation,
        "clinic": clinic_name(invitation.site),
        "agency_name": conf.AGENCY_NAME,
    }
    return render(request, "clinicsite/provisioning/invitation.html", context)


def _refused(request, sentence, status):
    context = {"sentence": sentence, "is_signed_in": request.user.is_authenticated}
    return render(request, "clinicsite/provisioning/invitation_refused.html", context, status=status)


app_name = "clinicsite_invitation"
#: Not among the admin's own addresses: whoever answers may have no account.
urlpatterns = [path("<str:token>/", answer, name="answer")]
