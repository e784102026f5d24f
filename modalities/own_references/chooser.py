"""The window that cites a paper of the clinic's own: one it has brought before, or a new one."""

from django.http import Http404
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.core.rendering import key_or_none
from clinicsite.modalities.models.own_references import OwnReference
from clinicsite.modalities.own_references.forms import OwnReferenceForm


class _OfOnesClinics:
    """What the window shows, takes and makes: papers of the clinics that the person looks after."""

    def get_object_list(self):
        return OwnReference.objects.met_by(self.request.user).select_related("site")

    def get_object(self, pk):
        if key_or_none(pk) is None:
            raise Http404
        return OwnReference.objects.met_by(self.request.user).get(pk=pk)

    def get_objects(self, pks):
        known = [pk for pk in pks if key_or_none(pk) is not None]
        return OwnReference.objects.met_by(self.request.user).filter(pk__in=known)

    def can_create(self):
        return scope_at_work(self.request.user).sites().exists()

    def get_edit_item_url(self, instance):
        return None

    @property
    def columns(self):
        return [
            *super().columns,
            Column("get_state_display", label="Library"),
            Column("site", label="Clinic"),
        ]


class _ChooseView(_OfOnesClinics, chooser.ChooseView):
    pass


class _ChooseResultsView(_OfOnesClinics, chooser.ChooseResultsView):
    pass


class _ChosenView(_OfOnesClinics, chooser.ChosenView):
    pass


class _ChosenMultipleView(_OfOnesClinics, chooser.ChosenMultipleView):
    pass


class _CreateView(_OfOnesClinics, chooser.CreateView):
    pass


class OwnReferenceChooserViewSet(ChooserViewSet):
    """Own papers, to cite in running text."""

    model = OwnReference
    name = "clinicsite_own_reference_chooser"
    url_prefix = "clinicsite/own-reference-chooser"
    icon = "clipboard-list"
    choose_one_text = "Cite a paper of your own"
    search_tab_label = "Brought before"
    creation_tab_label = "A new paper"
    create_action_label = "Cite it"
    register_widget = False
    creation_form_class = OwnReferenceForm
    choose_view_class = _ChooseView
    choose_results_view_class = _ChooseResultsView
    chosen_view_class = _ChosenView
    chosen_multiple_view_class = _ChosenMultipleView
    create_view_class = _CreateView
