"""Leaks as a careless hand makes them, one of each kind, for the test of the leak test."""

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, re_path
from django.views.static import serve
from wagtail.admin.auth import require_admin_access
from wagtail.images import get_image_model

from clinicsite.home.contact.models import ContactMessage
from clinicsite.home.models import StandardPage


def _picture(image_id):
    return get_object_or_404(get_image_model(), pk=image_id)


def detail(request, image_id):
    """A thing of whoever's, by its key."""
    return HttpResponse(f"<h1>{_picture(image_id).title}</h1>")


def listing(request):
    """Everybody's rows."""
    return HttpResponse(", ".join(one.name for one in ContactMessage.objects.all()))


def oracle(request, image_id):
    """Says nothing, but otherwise than where there is nothing."""
    _picture(image_id)
    return redirect("wagtailadmin_home")


def header(request, image_id):
    """The same page for all, with the name in a header."""
    response = HttpResponse("No permission.")
    found = get_image_model().objects.filter(pk=image_id).first()
    response["X-Picture"] = found.title if found else "none"
    return response


def flash(request, image_id):
    """The same answer for all, and a message for the next screen."""
    found = get_image_model().objects.filter(pk=image_id).first()
    if found is not None:
        messages.error(request, f"You may not edit “{found.title}”.")
    return redirect("wagtailadmin_home")


def mail(request, image_id):
    """The same answer for all, and a mail to whoever asked."""
    found = get_image_model().objects.filter(pk=image_id).first()
    if found is not None:
        send_mail("Refused", f"You may not edit “{found.title}”.", None, ["somebody@people.example"])
    raise Http404


def change(request, standard_id):
    """The same answer for all, and a change for whoever posts."""
    if request.method == "POST":
        StandardPage.objects.filter(pk=standard_id).update(seo_title="Closed for good")
    raise Http404


def keys(request):
    """No name of anything, but the keys of all."""
    return JsonResponse({"items": list(ContactMessage.objects.values_list("pk", flat=True))})


def _in_admin(address, view, name):
    return path(f"admin/planted/{address}", require_admin_access(view), name=f"planted_{name}")


def patterns(media_root):
    """The addresses of all of them, by kind."""
    return {
        "detail": _in_admin("detail/<int:image_id>/", detail, "detail"),
        "list": _in_admin("list/", listing, "list"),
        "existence": _in_admin("oracle/<int:image_id>/", oracle, "existence"),
        "header": _in_admin("header/<int:image_id>/", header, "header"),
        "message": _in_admin("flash/<int:image_id>/", flash, "message"),
        "mail": _in_admin("mail/<int:image_id>/", mail, "mail"),
        "change": _in_admin("change/<int:standard_id>/", change, "change"),
        "file": re_path(r"^media/(?P<path>.*)$", serve, {"document_root": media_root}, name="planted_file"),
        "keys": _in_admin("keys/", keys, "keys"),
    }
