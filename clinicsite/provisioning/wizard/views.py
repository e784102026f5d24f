"""The screens themselves, for whoever may make sites for the agency."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Site

from clinicsite.clinics import hosts
from clinicsite.clinics.host_names import counterpart_of, host_as_stored
from clinicsite.clinics.launching.states import IS_NOW
from clinicsite.clinics.models import SiteState
from clinicsite.clinics.tenancy import clinic_sites, scope_at_work
from clinicsite.provisioning.copying import typed_of
from clinicsite.provisioning.create import create_clinic
from clinicsite.provisioning.models import ClinicPlan
from clinicsite.provisioning.opening import STAYS_CLOSED
from clinicsite.provisioning.spec import SpecError
from clinicsite.provisioning.wizard.judging import judge
from clinicsite.provisioning.wizard.stale import OPENED, changed_meanwhile, mark_of
from clinicsite.provisioning.wizard.steps import STEPS, faults_by_step
from clinicsite.provisioning.wizard.summary import facts_of

TITLE = "New clinic"


def may_make_clinics(user) -> bool:
    """Whether somebody of the agency may make sites."""
    return scope_at_work(user).is_agencys and user.has_perm("wagtailcore.add_site")


class _Screen(WagtailAdminTemplateMixin):
    """What every screen of making a clinic has."""

    page_title = TITLE
    header_icon = "home"

    def dispatch(self, request, *args, **kwargs):
        if not may_make_clinics(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def plan(self):
        """The clinic that is being described."""
        return get_object_or_404(ClinicPlan, pk=self.kwargs["pk"])

    @cached_property
    def breadcrumbs_items(self):
        return [*super().breadcrumbs_items, {"url": "", "label": TITLE}]


class BeginView(_Screen, TemplateView):
    """What has been begun and not made yet, and a button to begin another."""

    template_name = "clinicsite/provisioning/admin/begin.html"

    def get_context_data(self, **kwargs):
        plans = ClinicPlan.objects.kept().select_related("begun_by")
        return super().get_context_data(**kwargs) | {"plans": plans, "days": ClinicPlan.LASTS}

    def post(self, request, *args, **kwargs):
        ClinicPlan.objects.forgotten().delete()
        plan = ClinicPlan.objects.create(begun_by=request.user)
        return redirect("clinicsite_new_clinic:step", plan.pk, STEPS[0].name)


class CopyView(_Screen, View):
    """Begins a clinic that is made after another."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        template = get_object_or_404(scope_at_work(request.user).sites(), pk=kwargs["pk"])
        plan = ClinicPlan.objects.create(
            begun_by=request.user, copied_from=template, typed=typed_of(template)
        )
        return redirect("clinicsite_new_clinic:step", plan.pk, STEPS[0].name)


class DropView(_Screen, View):
    """Forgets a clinic that was begun."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.plan.delete()
        messages.success(request, f"“{self.plan}” was given up. Nothing had been made of it.")
        return redirect("clinicsite_new_clinic:begin")


class StepView(_Screen, TemplateView):
    """One step: what was typed is kept, whatever is wrong with it."""

    names = tuple(step.name for step in STEPS)

    @cached_property
    def number(self):
        if self.kwargs["step"] not in self.names:
            raise Http404
        return self.names.index(self.kwargs["step"])

    @cached_property
    def form(self):
        data = self.request.POST if self.request.method == "POST" else None
        return STEPS[self.number].form_class(self.plan.typed, data)

    def get_template_names(self):
        return [self.form.template]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "plan": self.plan,
            "form": self.form,
            "number": self.number + 1,
            "steps": STEPS,
            "step": STEPS[self.number],
            "before": STEPS[self.number - 1] if self.number else None,
            "opened": mark_of(STEPS[self.number].form_class, self.plan.typed),
        }

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        # Somebody may be saving another screen of the same clinic at this moment.
        self.plan = get_object_or_404(ClinicPlan.objects.select_for_update(), pk=self.kwargs["pk"])
        is_right = self.form.is_valid()
        changed = changed_meanwhile(self.form, self.plan.typed, request.POST.get(OPENED, ""))
        if changed:
            return self.render_to_response(self.get_context_data() | {"changed": changed})
        self.plan.typed = self.form.typed_now(self.form.cleaned_data)
        self.plan.save()
        if (wanted := request.POST.get("go")) in self.names:
            return redirect("clinicsite_new_clinic:step", self.plan.pk, wanted)
        if wanted == "summary":
            return redirect("clinicsite_new_clinic:summary", self.plan.pk)
        if not is_right:
            return self.render_to_response(self.get_context_data())
        if request.POST.get("then") == "leave":
            messages.success(request, f"“{self.plan}” is kept as it is. Take it up again here.")
            return redirect("clinicsite_new_clinic:begin")
        following = self.number + 1
        if following == len(STEPS):
            return redirect("clinicsite_new_clinic:summary", self.plan.pk)
        return redirect("clinicsite_new_clinic:step", self.plan.pk, STEPS[following].name)


class SummaryView(_Screen, TemplateView):
    """All of it before the last press; then the clinic."""

    template_name = "clinicsite/provisioning/admin/summary.html"

    def get_context_data(self, **kwargs):
        judged = judge(self.plan.typed)
        faults = faults_by_step(judged.faults, self.plan.typed)
        found = None
        if not faults:
            found = create_clinic(
                judged.spec, by=self.request.user, dry_run=True, template=self.plan.copied_from
            )
        return super().get_context_data(**kwargs) | {
            "plan": self.plan,
            "steps": STEPS,
            "faults": faults,
            "facts": _facts(judged.spec, self.plan) if found else [],
            "found": found,
        }

    def post(self, request, *args, **kwargs):
        judged = judge(self.plan.typed)
        if judged.faults or judged.spec is None:
            return redirect("clinicsite_new_clinic:summary", self.plan.pk)
        try:
            created = create_clinic(judged.spec, by=request.user, template=self.plan.copied_from)
        except SpecError:
            # Somebody else has just taken the host or the name: the summary says so by the field.
            return redirect("clinicsite_new_clinic:summary", self.plan.pk)
        self.plan.delete()
        if created.is_held_back:
            # Its checklist, with each line and the link by which it is put right.
            messages.warning(request, f"{created.site.site_name} is made. {STAYS_CLOSED}")
            return redirect("clinicsite_launch:index", created.site.pk)
        return redirect("clinicsite_new_clinic:made", created.site.pk)


class MadeView(_Screen, TemplateView):
    """What there is now, and what comes next."""

    template_name = "clinicsite/provisioning/admin/made.html"

    def get_context_data(self, **kwargs):
        site = get_object_or_404(
            clinic_sites().select_related("root_page", "clinicsite_settings"), pk=self.kwargs["pk"]
        )
        if not scope_at_work(self.request.user).contains(site.root_page):
            raise Http404
        return super().get_context_data(**kwargs) | {
            "site": site,
            "is_now": IS_NOW[SiteState(site.clinicsite_settings.state)],
            "links": _what_comes_next(site),
        }


def _facts(spec, plan):
    return facts_of(spec, _proposed(spec), plan.copied_from)


def _proposed(spec):
    """www where the bare name was typed alone, and the reverse; empty where both were, or somebody has it."""
    name = counterpart_of(host_as_stored(spec.host))
    typed = map(host_as_stored, spec.hosts)
    return "" if name in typed or not name or hosts.who_has(name) else name


def _what_comes_next(site: Site) -> list[tuple[str, str]]:
    """(words, address) of what somebody does with a new clinic."""
    home = site.root_page
    return [
        ("Launch: state and checklist", reverse("clinicsite_launch:index", args=[site.pk])),
        ("See the site", reverse("clinicsite_visit", args=[site.pk])),
        ("Its addresses", reverse("clinicsite_addresses:index", args=[site.pk])),
        ("Its pages", reverse("wagtailadmin_explore", args=[home.pk])),
        (
            "Its name, look and announcement",
            reverse("wagtailsettings:edit", args=["clinicsite_clinics", "clinicsettings", site.pk]),
        ),
    ]


class NewClinicViewSet(ViewSet):
    """The addresses of the screens."""

    name = "clinicsite_new_clinic"
    url_prefix = "clinicsite/new-clinic"

    def get_urlpatterns(self):
        return [
            path("", BeginView.as_view(), name="begin"),
            path("<int:pk>/", SummaryView.as_view(), name="summary"),
            path("copy/<int:pk>/", CopyView.as_view(), name="copy"),
            path("<int:pk>/drop/", DropView.as_view(), name="drop"),
            path("<int:pk>/<slug:step>/", StepView.as_view(), name="step"),
            path("made/<int:pk>/", MadeView.as_view(), name="made"),
        ]
