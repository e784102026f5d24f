"""A new install holds none of Wagtail's own examples."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, Site, Task, Workflow

pytestmark = pytest.mark.django_db


def test_a_new_install_has_a_root_and_nothing_else():
    assert list(Page.objects.values_list("depth", "numchild")) == [(1, 0)]
    assert not Site.objects.exists()


def test_no_group_holds_grants_on_every_clinic():
    assert not Group.objects.exists()


def test_no_workflow_waits_for_moderators_that_nobody_is():
    assert not Workflow.objects.exists()
    assert not Task.objects.exists()
