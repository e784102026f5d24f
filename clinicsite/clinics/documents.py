"""On which host a document is given out: that of the clinic whose it is, and no neighbour's."""

from django.http import Http404
from django.utils.module_loading import import_string
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from clinicsite.clinics.middleware import is_ours
from clinicsite.clinics.tenancy.narrowing import ANY_USE
from clinicsite.clinics.tenancy.ownership import is_in_ours, may_give_document
from clinicsite.core.conf import conf
from clinicsite.core.wagtail_private import site_kept

#: Names of functions, each of which says of a request whether its person has wholly signed in.
_sign_ins: list[str] = []


def register_sign_in(has_wholly_signed_in: str) -> None:
    """Have a function asked too before a person's grants count: by name, for the sign-in stands above."""
    if has_wholly_signed_in not in _sign_ins:
        _sign_ins.append(has_wholly_signed_in)


def refuse_elsewhere(document, request) -> None:
    """Raise `Http404` where a host must not give out a document, as if it did not exist.

    A clinic's is given out on its own host; the library's on every clinic's. On the other hosts, the agency's
    and those of a project around, whoever works with it may read it, once they have wholly signed in. The
    project's own documents are given out on its own hosts, by its own rules.
    """
    site = site_kept(request) if is_ours(request) else None
    if not (_is_given_out(document, site) if site else _is_read_elsewhere(document, request)):
        raise Http404


def _is_given_out(document, site):
    return may_give_document(document.collection_id, site.pk)


def _is_read_elsewhere(document, request):
    if not is_in_ours(document.collection_id) and not conf.AGENCY_HOST:
        return True
    policy = policy_registry.get_by_type(get_document_model())
    may = policy.user_has_any_permission_for_instance(request.user, ANY_USE, document)
    return may and all(import_string(name)(request) for name in _sign_ins)
