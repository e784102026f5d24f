"""“Addresses” of a clinic: which hosts lead there, whether they answer, and what the agency does about it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log
from wagtail.models import Site

from clinicsite.clinics import host_checks, hosts
from clinicsite.clinics.host_names import as_read, counterpart_of, host_in
from clinicsite.clinics.models.hosts import ClinicHost, HostCheck, HostState
from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.conf import conf

ADD, REMOVE, MOVE = "clinicsite.host_add", "clinicsite.host_remove", "clinicsite.host_move"
TAKEN = "{host} is a host of “{name}” already."
NOT_YET = (
    "{host} does not answer here yet, so patients would find nothing. Press “Check” beside it first; what to"
    " do if it does not answer is said there."
)


def may_change_hosts(user, site: Site) -> bool:
    """Whether somebody may change a clinic's hosts: the agency, and owners where the agency has said so."""
    scope = scope_at_work(user)
    if scope.is_agencys:
        return scope.sites().filter(pk=site.pk).exists() and user.has_perm("wagtailcore.change_site")
    policy = ClinicSettings.get_permission_policy()
    return conf.OWNERS_CHANGE_HOSTS and policy.user_has_permission_for_instance(
        user, "change", ClinicSettings(site_id=site.pk)
    )


class HostForm(forms.Form):
    """A host to add."""

    host = forms.CharField(
        label="Host",
        max_length=300,
        help_text="Such as www.lakeside.example. Point its DNS entry at this server before or after.",
    )

    def __init__(self, site, is_agencys, data=None, **options):
        self.site, self.is_agencys = site, is_agencys
        super().__init__(data, **options)

    def clean_host(self):
        host = host_in(self.cleaned_data["host"])
        if host in hosts.hosts_of(self.site):
            raise ValidationError(f"{host} is among the hosts of this clinic already.")
        if name := hosts.who_has(host, self.site):
            # Which clinics there are besides is nothing that a clinic's people are told.
            taken = TAKEN.format(host=host, name=name) if self.is_agencys else f"{host} is taken already."
            raise ValidationError(taken)
        return host


class AddressesView(WagtailAdminTemplateMixin, TemplateView):
    """Lists a clinic's hosts with their state; whoever may adds, checks, removes and moves."""

    page_title = "Addresses"
    header_icon = "globe"
    template_name = "clinicsite/clinics/admin/addresses.html"

    @cached_property
    def site(self):
        """The clinic, if the person has anything to do with it."""
        sites = scope_at_work(self.request.user).sites().select_related("root_page", "clinicsite_settings")
        return get_object_or_404(sites, pk=self.kwargs["site_id"])

    @cached_property
    def may_change(self):
        return may_change_hosts(self.request.user, self.site)

    @cached_property
    def form(self):
        data = self.request.POST if self.request.POST.get("do") == "add" else None
        return HostForm(self.site, scope_at_work(self.request.user).is_agencys, data)

    def get_page_subtitle(self):
        return self.site.site_name or self.site.hostname

    @cached_property
    def breadcrumbs_items(self):
        return [*super().breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        known = hosts.known_hosts_of(self.site)
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "rows": [(host, as_read(host.name)) for host in known],
            "good": (HostState.ANSWERS, HostState.LIVE),
            "may_change": self.may_change,
            "form": self.form,
            "proposals": hosts.proposals_for(self.site) if self.may_change else (),
            "agency_name": conf.AGENCY_NAME or "the agency",
        }

    def post(self, request, *args, **kwargs):
        doing = {"add": self.add, "check": self.check, "remove": self.remove, "move": self.move}
        do = doing.get(request.POST.get("do", ""))
        # Asking whether a host answers changes nothing, and is for everybody who sees it.
        if do is None or not (self.may_change or do == self.check):
            raise Http404
        host = request.POST.get("host", "")
        if "\x00" in host and do != self.add:
            # PostgreSQL refuses to be asked for it.
            raise Http404
        return do(host) or redirect("clinicsite_addresses:index", self.site.pk)

    def add(self, typed):
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        host = self.form.cleaned_data["host"]
        try:
            with transaction.atomic():
                ClinicHost.objects.create(site=self.site, name=host)
        except IntegrityError:
            self.form.add_error("host", f"Somebody else has just taken {host}.")
            return self.render_to_response(self.get_context_data())
        log(self.site, ADD, user=self.request.user, data={"host": host})
        also = counterpart_of(host)
        hint = (
            f" Add {also} as well if its owner has that too."
            if also in hosts.proposals_for(self.site)
            else ""
        )
        messages.success(self.request, f"{host} leads to {self.site.hostname} once it answers here.{hint}")
        return None

    def check(self, name):
        asked = [name] if name else hosts.hosts_of(self.site)
        if not set(asked) <= set(hosts.hosts_of(self.site)):
            raise Http404
        for host in asked:
            found = host_checks.check(self.site, host)
            say = messages.warning if found.problem else messages.success
            say(self.request, found.problem or f"{host} answers here.")

    def remove(self, name):
        gone, _ = ClinicHost.objects.filter(site=self.site, name=name).delete()
        if not gone:
            raise Http404
        HostCheck.objects.filter(site=self.site, name=name).delete()
        log(self.site, REMOVE, user=self.request.user, data={"host": name})
        messages.success(self.request, f"{name} no longer leads to {self.site.hostname}.")

    def move(self, name):
        row = get_object_or_404(ClinicHost, site=self.site, name=name)
        check = HostCheck.objects.filter(site=self.site, name=name).first()
        if check is None or check.problem:
            messages.error(self.request, NOT_YET.format(host=name))
            return
        before = self.site.hostname
        with transaction.atomic():
            row.delete()
            # Saving the site keeps the host it had, which leads to the new one.
            self.site.hostname = name
            self.site.save(update_fields=["hostname"])
            log(self.site, MOVE, user=self.request.user, data={"before": before, "after": name})
        messages.success(self.request, f"The clinic is on {name} now, and {before} leads there.")


class AddressesViewSet(ViewSet):
    """The address of the screen."""

    name = "clinicsite_addresses"
    url_prefix = "clinicsite/addresses"

    def get_urlpatterns(self):
        return [path("<int:site_id>/", AddressesView.as_view(), name="index")]


def register_log_actions(actions) -> None:
    """Make what is done to hosts known to Wagtail's log."""
    actions.register_action(ADD, "Add a host", "Added a host")
    actions.register_action(REMOVE, "Remove a host", "Removed a host")
    actions.register_action(MOVE, "Move to another host", "Moved to another host")
