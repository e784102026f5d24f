"""The screen of pools: pictures and documents that clinics may use; for agency administrators."""

from django import forms
from django.contrib.auth import get_permission_codename
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from clinicsite.clinics.models import ClinicGroup, Pool
from clinicsite.clinics.pools import make_pool
from clinicsite.library.views.clinics import titles

TITLE = "Pools"


class PoolForm(forms.Form):
    """A new pool: for whom, and what its collection is called."""

    group = forms.ModelChoiceField(
        ClinicGroup.objects.none(),
        required=False,
        empty_label="Every clinic",
        label="For",
        help_text="The clinics that may use what is in it.",
    )
    name = forms.CharField(max_length=255, help_text="As it stands in the list of collections.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = ClinicGroup.objects.filter(pool=None)

    def clean(self):
        cleaned = super().clean()
        if "group" in cleaned and cleaned["group"] is None and Pool.objects.filter(group=None).exists():
            self.add_error("group", "There is a pool for every clinic already.")
        return cleaned


class PoolsMenuItem(MenuItem):
    """Leads to the pools, for whoever may make groups of clinics."""

    def is_shown(self, request):
        return may_make_pools(request.user)


def pools_menu_item():
    """The menu entry “Pools”."""
    address = reverse("clinicsite_pools:index")
    return PoolsMenuItem(TITLE, address, name="clinicsite-pools", icon_name="image", order=40)


def may_make_pools(user) -> bool:
    """Whether somebody may make pools: whoever may change the groups that they are for."""
    codename = get_permission_codename("change", ClinicGroup._meta)
    return user.has_perm(f"{ClinicGroup._meta.app_label}.{codename}")


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """All pools, and a form for another."""
    _refuse_others(request.user)
    form = PoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pool = make_pool(form.cleaned_data["name"], form.cleaned_data["group"])
        messages.success(request, f"The pool “{pool}” was made. Put pictures and documents into it.")
        return redirect("clinicsite_pools:index")
    rows = [
        {
            "pool": pool,
            "pictures": get_image_model().objects.filter(collection=pool.collection_id).count(),
            "documents": get_document_model().objects.filter(collection=pool.collection_id).count(),
        }
        for pool in Pool.objects.select_related("collection", "group")
    ]
    context = {**titles(TITLE, "image"), "rows": rows, "form": form}
    return TemplateResponse(request, "clinicsite/provisioning/admin/pools.html", context)


@require_POST
def remove(request, pk):
    """Remove an empty pool; one that has files stays, for pages may show them."""
    _refuse_others(request.user)
    with transaction.atomic():
        pool = get_object_or_404(Pool.objects.select_for_update(of=["self"]), pk=pk)
        collection = Collection.objects.get(pk=pool.collection_id)
        inside = Collection.objects.filter(path__startswith=collection.path)
        files = (get_image_model(), get_document_model())
        if any(model.objects.filter(collection__in=inside).exists() for model in files):
            messages.error(request, f"“{pool}” has pictures or documents. Move or delete them first.")
            return redirect("clinicsite_pools:index")
        name = str(pool)
        pool.delete()
        collection.delete()
    messages.success(request, f"The pool “{name}” was removed.")
    return redirect("clinicsite_pools:index")


def _refuse_others(user):
    if not may_make_pools(user):
        raise Http404


class PoolsViewSet(ViewSet):
    """The addresses of the screen."""

    name = "clinicsite_pools"
    url_prefix = "clinicsite/pools"

    def get_urlpatterns(self):
        return [path("", index, name="index"), path("<int:pk>/remove/", remove, name="remove")]
