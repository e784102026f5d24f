"""A clinic's redirects lead from its own host, and from no other."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("of_the_clinic", "expected"), [(True, [301, 404, 404]), (False, [301, 301, 301])], ids=["own", "of all"]
)
def test_who_is_led_on(clinic, other_clinic, of_the_clinic, expected):
    site = clinic.site if of_the_clinic else None
    Redirect.objects.create(old_path="/booking", site=site, redirect_link="https://book.example/")
    hosts = (clinic.host, other_clinic.host, "localhost")
    assert [Client(HTTP_HOST=host).get("/booking/").status_code for host in hosts] == expected
