"""What the database itself refuses: pictures without consent, two logins with one e-mail address."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clinicsite.users.models import User
from tests.factories import ImageFactory, UserFactory


@pytest.mark.django_db
def test_a_picture_of_people_needs_consent_on_file():
    picture = ImageFactory()
    picture.shows_people = True
    with pytest.raises(ValidationError, match=r"File their written consent first, then tick the box\."):
        picture.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        picture.save()
    picture.has_consent = True
    picture.full_clean()
    picture.save()


@pytest.mark.django_db
def test_a_picture_of_things_needs_no_consent():
    assert ImageFactory(shows_people=False, has_consent=False).full_clean() is None


@pytest.mark.django_db
def test_a_picture_is_described_by_its_words_and_never_by_its_file_name():
    assert ImageFactory(title="IMG_0042.jpg", alt_text="").default_alt_text == ""
    assert ImageFactory(title="IMG_0042.jpg", alt_text="A hand").default_alt_text == "A hand"


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["robin@north.example", "Robin@North.Example", "ROBIN@NORTH.EXAMPLE"])
def test_an_email_address_has_one_login_whatever_its_case(email):
    UserFactory(email="Robin@north.example")
    other = User(username="other", password="unusable", email=email)
    with pytest.raises(ValidationError, match=r"Somebody with this e-mail address already has a login\."):
        other.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


@pytest.mark.django_db
def test_logins_without_an_email_address_do_not_clash():
    for name in ("one", "two"):
        User.objects.create_user(name, email="")
    assert User.objects.filter(email="").count() == 2


@pytest.mark.django_db
def test_a_user_may_keep_their_own_email_address():
    user = UserFactory(email="robin@north.example")
    user.email = "Robin@North.example"
    user.full_clean()
    user.save()
    # Django writes the host in lower case and leaves the name as it was typed.
    assert User.objects.get(pk=user.pk).email == "Robin@north.example"


def test_somebody_is_shown_by_name_or_by_login():
    assert str(User(username="robin", first_name="Robin", last_name="Reed")) == "Robin Reed"
    assert str(User(username="robin")) == "robin"
