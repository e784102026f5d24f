"""The screens of groups of clinics and of notices, for agency administrators."""

from django import forms
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from clinicsite.clinics.models import ClinicGroup, Notice, Pool
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.forms import NamesZone, OpensFirstMistake
from clinicsite.core.stale_saves import AdminModelForm
from clinicsite.library.matrix.reach import by_name
from clinicsite.provisioning.console.views import CLINICS_MENU

NOBODY = "Choose whom it is for: clinics, groups of them, or every clinic."


class ManyInput(forms.CheckboxSelectMultiple):
    """Boxes to tick, however many, in a part of the screen that scrolls by itself."""

    template_name = "clinicsite/provisioning/admin/many_boxes.html"

    class Media:
        css = {"all": ["clinicsite/css/admin/many-boxes.css"]}


class ChoosesClinicsForm(NamesZone, OpensFirstMistake, AdminModelForm):
    """Offers the clinics that somebody looks after; others that were chosen before stay chosen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["sites"]
        field.queryset = by_name(scope_at_work(self.for_user).sites())
        field.label_from_instance = lambda site: f"{site.clinic_name} ({site.hostname})"

    def clean_sites(self):
        chosen = self.cleaned_data["sites"]
        if self.instance.pk is None:
            return chosen
        unseen = self.instance.sites.exclude(pk__in=self.fields["sites"].queryset.values("pk"))
        keys = [site.pk for site in (*chosen, *unseen)]
        return type(self.instance).sites.field.remote_field.model.objects.filter(pk__in=keys)


class NoticeForm(ChoosesClinicsForm):
    """A notice that is for nobody is refused."""

    def clean(self):
        cleaned = super().clean()
        chosen = (cleaned.get(name) for name in ("to_all", "sites", "groups"))
        if not self.errors and not any(chosen):
            self.add_error("to_all", NOBODY)
        return cleaned


class DeleteGroupView(DeleteView):
    """Says of a group with a pool why it stays: its clinics' pages may show what is in the pool."""

    def dispatch(self, request, *args, **kwargs):
        if Pool.objects.filter(group=self.object).exists():
            messages.error(
                request,
                f"“{self.object}” was not deleted: it has a pool. Remove that first, under Clinics > Pools.",
            )
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ClinicGroupViewSet(ModelViewSet):
    """Groups of clinics."""

    name = "clinicsite_groups"
    url_prefix = "clinicsite/groups"
    model = ClinicGroup
    delete_view_class = DeleteGroupView
    copy_view_enabled = False
    icon = "group"
    menu_label = "Groups"
    menu_name = "clinicsite-groups"
    menu_order = 20
    menu_hook = CLINICS_MENU
    list_display = ["name", Column("get_kind_display", label="Kind"), Column("size", label="Clinics")]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
            FieldPanel("sites", widget=ManyInput),
            MultiFieldPanel(
                [
                    FieldPanel("announcement"),
                    FieldRowPanel([FieldPanel("announcement_from"), FieldPanel("announcement_until")]),
                ],
                heading="Announcement",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("brand_primary"), FieldPanel("brand_accent")]),
                    FieldPanel("font_pair"),
                    FieldRowPanel([FieldPanel("mood"), FieldPanel("opening")]),
                ],
                heading="Look of new clinics",
                help_text="What a new clinic of the group begins with, where its maker leaves it open. "
                "Clinics that are there keep their look.",
            ),
            InlinePanel(
                "starter_packs",
                heading="Starter pack of new clinics",
                label="Starter pack",
                max_num=1,
                help_text="The library pages that a new clinic of the group begins with, where its maker "
                "has named no pack.",
            ),
        ],
        base_form_class=ChoosesClinicsForm,
    )


class NoticeViewSet(ModelViewSet):
    """Notices to clinics."""

    name = "clinicsite_notices"
    url_prefix = "clinicsite/notices"
    model = Notice
    copy_view_enabled = False
    icon = "comment"
    menu_label = "Notices"
    menu_name = "clinicsite-notices"
    menu_order = 30
    menu_hook = CLINICS_MENU
    list_display = [
        "title",
        BooleanColumn("is_shown", label="Shown now"),
        "starts",
        "ends",
        BooleanColumn("on_sites", label="On sites"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("text"),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
            MultiFieldPanel(
                [
                    FieldPanel("to_all"),
                    FieldPanel("groups", widget=ManyInput),
                    FieldPanel("sites", widget=ManyInput),
                ],
                heading="For whom",
            ),
            MultiFieldPanel([FieldPanel("on_sites"), FieldPanel("text_on_sites")], heading="For patients"),
        ],
        base_form_class=NoticeForm,
    )
