"""Where a page tells the browser to keep the clinic's offline page."""

from django import template
from django.utils.html import format_html

from clinicsite.core.addresses import clinic_address
from clinicsite.core.rendering import current_rendering
from clinicsite.core.wagtail_private import site_kept

register = template.Library()


@register.simple_tag(takes_context=True)
def service_worker_hook(context):
    """An attribute for static/clinicsite/js/offline.js, on the clinic's own host alone.

    Previews are the admin's.
    """
    request, site = context.get("request"), current_rendering().site
    is_own_host = site is not None and site_kept(request) == site
    if not is_own_host or getattr(request, "is_preview", False):
        return ""
    return format_html(' data-service-worker="{}"', clinic_address("clinicsite_service_worker"))
