"""The screens on which a clinic's owners look after who works there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.provisioning.colleagues import inviting, people
from clinicsite.provisioning.colleagues.forms import InviteForm, RoleForm
from clinicsite.provisioning.colleagues.rights import looks_after_any, may_give, sites_looked_after
from clinicsite.provisioning.models import Invitation

NAME = "clinicsite_colleagues"
TITLE = "People who sign in"
ICON = "group"
TEMPLATES = "clinicsite/provisioning/admin/colleagues/"
LOST = "You may not do this any more. Nothing was changed."


class _Screen(WagtailAdminTemplateMixin):
    """A screen about the people of one clinic that somebody looks after; any other clinic is not found."""

    page_title = TITLE
    header_icon = ICON

    def dispatch(self, request, *args, **kwargs):
        if self.site is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def site(self):
        """The clinic in the address, if its people are theirs to look after."""
        return sites_looked_after(self.request.user).filter(pk=self.kwargs["site_id"]).first()

    @cached_property
    def home_url(self):
        """The list of the clinic's people."""
        return reverse(f"{NAME}:clinic", args=[self.site.pk])

    @cached_property
    def breadcrumbs_items(self):
        listing = {"url": self.home_url, "label": TITLE}
        title = self.get_page_title()
        here = [{"url": "", "label": title}] if title != TITLE else []
        return [*super().breadcrumbs_items, listing, *here]

    def get_page_subtitle(self):
        return inviting.clinic_name(self.site)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"site": self.site, "home_url": self.home_url}

    def said(self, sentence):
        """Back to the list, which says what was done."""
        messages.success(self.request, sentence)
        return self._back()

    def refused(self, sentence):
        """Back to the list, which says why nothing was done."""
        messages.error(self.request, sentence)
        return self._back()

    def _back(self):
        # Whoever has lost the right meanwhile, or given it away, has no list to go back to.
        is_theirs = sites_looked_after(self.request.user).filter(pk=self.site.pk).exists()
        return redirect(self.home_url if is_theirs else "wagtailadmin_home")


class IndexView(WagtailAdminTemplateMixin, TemplateView):
    """Leads to the one clinic whose people somebody looks after, or asks which."""

    page_title = TITLE
    header_icon = ICON
    template_name = TEMPLATES + "choose.html"

    def get(self, request, *args, **kwargs):
        sites = list(sites_looked_after(request.user))
        if not sites:
            raise Http404
        if len(sites) == 1:
            return redirect(f"{NAME}:clinic", sites[0].pk)
        return self.render_to_response(self.get_context_data(sites=sites))


class ClinicView(_Screen, TemplateView):
    """Who works at a clinic, and who was asked."""

    template_name = TEMPLATES + "list.html"

    def get_context_data(self, **kwargs):
        colleagues = people.colleagues_of(self.site)
        return super().get_context_data(**kwargs) | {
            "colleagues": [(one, may_give(self.request.user, self.site, one.role)) for one in colleagues],
            "invitations": Invitation.objects.filter(site=self.site).select_related("invited_by"),
            "invite_url": reverse(f"{NAME}:invite", args=[self.site.pk]),
        }


class _FormScreen(_Screen, FormView):
    template_name = TEMPLATES + "form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"site": self.site, "user": self.request.user}


class InviteView(_FormScreen):
    """Ask somebody by e-mail."""

    page_title = "Ask somebody in"
    form_class = InviteForm
    extra_context = {
        "lead": "They get a mail with a link, which works once and for a week.",
        "action": "Send the mail",
    }

    def form_valid(self, form):
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        try:
            inviting.invite(self.site, email, role, self.request.user)
        except inviting.TooManyError:
            return self.refused(inviting.TOO_MANY)
        return self.said(f"{email} gets a mail with a link. They are on this list once they have said yes.")


class _AboutColleague(_Screen):
    """A screen about one person of the clinic; anybody else is not found."""

    @cached_property
    def colleague(self):
        """Who it is about."""
        found = people.colleague_or_none(self.site, self.kwargs["person_id"])
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        return self.colleague.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"colleague": self.colleague}


class RoleView(_AboutColleague, _FormScreen):
    """Give somebody another role."""

    form_class = RoleForm
    extra_context = {
        "lead": "It holds from their next click. They have to sign in again.",
        "action": "Save the role",
    }

    def get_initial(self):
        return {"role": self.colleague.role}

    def form_valid(self, form):
        role = form.cleaned_data["role"]
        try:
            people.change_role(self.site, self.colleague.person.pk, role, self.request.user)
        except people.ColleagueError as error:
            return self.refused(str(error))
        except PermissionDenied:
            return self.refused(LOST)
        label = dict(Invitation._meta.get_field("role").choices)[role]
        return self.said(f"{self.colleague.name} has the role {label} now.")


class RemoveView(_AboutColleague, TemplateView):
    """Asks whether somebody shall work here no more, and takes their roles."""

    template_name = TEMPLATES + "remove.html"

    def post(self, request, *args, **kwargs):
        """Take the roles."""
        try:
            people.remove(self.site, self.colleague.person.pk, request.user)
        except people.ColleagueError as error:
            return self.refused(str(error))
        except PermissionDenied:
            return self.refused(LOST)
        return self.said(f"{self.colleague.name} does not work here any more.")


class _AboutInvitation(_Screen, View):
    """Does something with an invitation of the clinic's; any other is not found."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Do it."""
        invitation = get_object_or_404(Invitation, site=self.site, pk=self.kwargs["pk"])
        try:
            return self.said(self.act(invitation))
        except inviting.TooManyError:
            return self.refused(inviting.TOO_MANY)
        except PermissionDenied:
            return self.refused(LOST)


class AgainView(_AboutInvitation):
    """Sends the mail again, with another link."""

    def act(self, invitation):
        """Do it, and say so."""
        inviting.send_again(invitation, self.request.user)
        return f"{invitation.email} gets another mail. The link in the one before does not work any more."


class WithdrawView(_AboutInvitation):
    """Takes an invitation back."""

    def act(self, invitation):
        """Do it, and say so."""
        inviting.withdraw(invitation, self.request.user)
        return f"The invitation of {invitation.email} is taken back."


class ColleaguesMenuItem(MenuItem):
    """Leads to a clinic's people, for whoever looks after them."""

    def is_shown(self, request):
        return looks_after_any(request.user)


class ColleaguesViewSet(ViewSet):
    """The addresses of the screens."""

    name = NAME
    url_prefix = "clinicsite/people"
    icon = ICON
    menu_label = TITLE

    def get_urlpatterns(self):
        site = "<int:site_id>/"
        return [
            path("", IndexView.as_view(), name="index"),
            path(site, ClinicView.as_view(), name="clinic"),
            path(f"{site}ask/", InviteView.as_view(), name="invite"),
            path(f"{site}<int:person_id>/role/", RoleView.as_view(), name="role"),
            path(f"{site}<int:person_id>/remove/", RemoveView.as_view(), name="remove"),
            path(f"{site}asked/<int:pk>/again/", AgainView.as_view(), name="again"),
            path(f"{site}asked/<int:pk>/back/", WithdrawView.as_view(), name="withdraw"),
        ]
