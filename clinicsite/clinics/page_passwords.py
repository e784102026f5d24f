"""Pages and documents behind a password: asked for where they are, and not guessed without end.

Wagtail's own views ask at any host for the password of any page, drafts too, whose title they then tell; and
they take as many tries as somebody likes.
"""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from wagtail.documents import get_document_model
from wagtail.documents.views import serve as wagtail_documents
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page
from wagtail.permissions import policy_registry
from wagtail.views import authenticate_with_password

from clinicsite.clinics.tenancy.narrowing import ANY_USE
from clinicsite.clinics.tenancy.ownership import may_give_document
from clinicsite.core.senders import client_address, count_up, network_of
from clinicsite.core.wagtail_private import site_kept

MINUTES_10 = 10 * 60
HOUR = 60 * 60
#: Tries at one password in ten minutes of one network: a household, or all who sit in the waiting room.
MOST_OF_A_NETWORK = 10
#: Tries at one password in an hour of all networks together. Guessing goes on for years at this pace.
MOST_OF_ALL = 300
TOO_OFTEN = "That was tried too often. Wait ten minutes, then try again."


class TooOftenForm(PasswordViewRestrictionForm):
    """The form for whoever has used up their share: it looks at no password."""

    def clean_password(self):
        raise ValidationError(TOO_OFTEN, code="too_often")


def page_password(request, page_view_restriction_id: int, page_id: int):
    """Ask for the password of a page that is live on this host; 404 for any other."""
    site = site_kept(request)
    if site is None:
        raise Http404
    pages = Page.objects.live().descendant_of(site.root_page, inclusive=True)
    page = get_object_or_404(pages, pk=page_id).specific
    kinds = {"restriction_type": BaseViewRestriction.PASSWORD}
    restriction = get_object_or_404(page.get_view_restrictions().filter(**kinds), pk=page_view_restriction_id)
    if _may_try(request, f"page {restriction.pk}"):
        return authenticate_with_password(request, restriction.pk, page.pk)
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    response = page.serve_password_required_response(
        request, TooOftenForm(request.POST, instance=restriction), address
    )
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return response


def document_password(request, restriction_id: int):
    """Ask for the password of documents that are given out on this host; 404 for any other."""
    passwords = CollectionViewRestriction.objects.filter(restriction_type=BaseViewRestriction.PASSWORD)
    restriction = get_object_or_404(passwords, pk=restriction_id)
    if not _gives_out(request, restriction.collection_id):
        raise Http404
    if _may_try(request, f"collection {restriction.pk}"):
        return wagtail_documents.authenticate_with_password(request, restriction.pk)
    address = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
    context = {"form": TooOftenForm(request.POST, instance=restriction), "action_url": address}
    template = "wagtaildocs/password_required.html"
    return TemplateResponse(request, template, context, status=HTTPStatus.TOO_MANY_REQUESTS)


def _gives_out(request, collection_id):
    site = site_kept(request)
    if site is not None:
        return may_give_document(collection_id, site.pk)
    policy = policy_registry.get_by_type(get_document_model())
    return (
        policy.collections_user_has_any_permission_for(request.user, ANY_USE)
        .filter(pk=collection_id)
        .exists()
    )


def _may_try(request, what):
    """Count a try, before the password is looked at; true for whoever only looks at the form."""
    if request.method != "POST":
        return True
    network = network_of(client_address(request))
    if count_up("page_password_network", f"{what} {network}", MINUTES_10) > MOST_OF_A_NETWORK:
        return False
    return count_up("page_password", what, HOUR) <= MOST_OF_ALL


#: To stand before Wagtail's own, under the same addresses and names.
urlpatterns = [
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        page_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        document_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
