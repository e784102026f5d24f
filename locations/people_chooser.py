"""The window that names somebody of the team in a running text: one list, with no tree to walk."""

from django.http import Http404
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import Page

from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.core.rendering import key_or_none
from clinicsite.locations.models import PractitionerPage


class _OfOnesOwn:
    """What the window shows and takes: published practitioners in the person's own part of the tree."""

    def get_object_list(self):
        own = scope_at_work(self.request.user).pages(Page.objects.live())
        return PractitionerPage.objects.filter(pk__in=own.values("pk")).order_by("title")

    def get_object(self, pk):
        if key_or_none(pk) is None:
            raise Http404
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=[pk for pk in pks if key_or_none(pk) is not None])

    def can_create(self):
        return False

    @property
    def columns(self):
        return [self.title_column, Column("profession", label="Profession")]


class _ChooseView(_OfOnesOwn, chooser.ChooseView):
    pass


class _ChooseResultsView(_OfOnesOwn, chooser.ChooseResultsView):
    pass


class _ChosenView(_OfOnesOwn, chooser.ChosenView):
    pass


class _ChosenMultipleView(_OfOnesOwn, chooser.ChosenMultipleView):
    pass


class _CreateView(_OfOnesOwn, chooser.CreateView):
    pass


class PeopleChooserViewSet(ChooserViewSet):
    """The team, to be named in running text."""

    model = PractitionerPage
    name = "clinicsite_people_chooser"
    url_prefix = "clinicsite/people-chooser"
    icon = "user"
    choose_one_text = "Name a practitioner"
    register_widget = False
    choose_view_class = _ChooseView
    choose_results_view_class = _ChooseResultsView
    chosen_view_class = _ChosenView
    chosen_multiple_view_class = _ChosenMultipleView
    create_view_class = _CreateView
