"""On which host a document is given out: that of the clinic whose it is, and no neighbour's."""

from django.http import Http404
from wagtail.documents import get_document_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from clinicsite.clinics.middleware import is_ours
from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.tenancy.collections import collection_paths
from clinicsite.clinics.tenancy.narrowing import ANY_USE
from clinicsite.core.conf import conf
from clinicsite.core.wagtail_private import site_kept


def refuse_elsewhere(document, request) -> None:
    """Raise `Http404` where a host must not give out a document, as if it did not exist.

    A clinic's is given out on its own host; the library's on every clinic's. On the other hosts, the agency's
    and those of a project around, whoever works with it may read it. The project's own documents are given
    out on its own hosts, by its own rules.
    """
    site = site_kept(request) if is_ours(request) else None
    if not (_is_given_out(document, site) if site else _is_read_elsewhere(document, request.user)):
        raise Http404


def _is_given_out(document, site):
    owners = _owners(document.collection)
    if owners:
        return site.pk in owners
    # Where there is no project around, what lies in no clinic's collection is for all of them.
    return bool(conf.AGENCY_HOST) or _is_of_ours(document)


def _is_read_elsewhere(document, user):
    if not _is_of_ours(document) and not conf.AGENCY_HOST:
        return True
    policy = policy_registry.get_by_type(get_document_model())
    return policy.user_has_any_permission_for_instance(user, ANY_USE, document)


def _is_of_ours(document):
    return document.collection.path.startswith(collection_paths())


def _owners(collection):
    """The keys of the sites whose people work in a collection, or in one that it lies in."""
    step = Collection.steplen
    # The collection at the top holds everybody's: a grant there makes nobody the owner.
    paths = [collection.path[:end] for end in range(2 * step, len(collection.path) + 1, step)]
    roles = ClinicRole.objects.filter(group__collection_permissions__collection__path__in=paths)
    return set(roles.values_list("site_id", flat=True))
