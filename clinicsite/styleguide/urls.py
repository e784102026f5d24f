"""The style guide's address, on a clinic's host: the agency's has no icons of a clinic."""

from django.urls import path

from clinicsite.styleguide.views import styleguide

urlpatterns = [path("styleguide/", styleguide, name="clinicsite_styleguide")]
