"""Addresses that stand before Wagtail's own, in the admin.

path("admin/", include("clinicsite.sign_in.urls")),
path("admin/", include(wagtailadmin_urls)),
"""

from allauth.account.views import reauthenticate
from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views.account import LogoutView

from clinicsite.sign_in import views

own = (
    [
        path("password_reset/", views.ForgottenPasswordView.as_view(), name="forgotten"),
        path("sign-in/kept/", views.kept_form, name="kept"),
    ],
    "clinicsite_sign_in",
)
_sign_in = sensitive_post_parameters("password")(never_cache(views.SignInView.as_view()))

#: allauth knows its own by these names; no address of its that signs somebody up is among them.
urlpatterns = [
    path("login/", _sign_in, name="account_login"),
    path("logout/", LogoutView.as_view(), name="account_logout"),
    path("sign-in/again/", reauthenticate, name="account_reauthenticate"),
    path("sign-in/second-step/", include("allauth.mfa.urls")),
    path("sign-in/sessions/", include("allauth.usersessions.urls")),
    path("", include(own)),
]
