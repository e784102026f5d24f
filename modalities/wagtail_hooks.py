from wagtail import hooks
from wagtail.snippets.models import register_snippet

from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.modalities import admin_surface, rich_text
from clinicsite.modalities.deleting import refuse_to_delete_cited
from clinicsite.modalities.own_references.admin import OwnReferenceViewSet
from clinicsite.modalities.own_references.chooser import OwnReferenceChooserViewSet
from clinicsite.modalities.own_references.requests import ReferenceRequestViewSet
from clinicsite.modalities.viewsets import ConditionListing, ModalityListing, ReferenceViewSet

register_snippet(ReferenceViewSet)


@hooks.register("register_rich_text_features")
def register_citation(features):
    rich_text.register(features)


@hooks.register("before_delete_snippet")
def keep_what_is_cited(request, instances):
    return refuse_to_delete_cited(request, instances)


@hooks.register("register_admin_viewset")
def register_listings():
    own = [OwnReferenceViewSet(), OwnReferenceChooserViewSet(), ReferenceRequestViewSet()]
    return [ModalityListing(), ConditionListing(), *own]


@hooks.register(HOOK)
def judge_admin_surface():
    return admin_surface.JUDGEMENTS
