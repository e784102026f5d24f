"""The picture that stands for a page."""

import pytest
from django.core.cache import caches

from clinicsite.core.sharing import full_url, shared_picture
from tests.factories import ImageFactory, StandardPageFactory


@pytest.fixture(autouse=True)
def _no_renditions():
    """Renditions are kept by ids that tests reuse."""
    caches["renditions"].clear()


@pytest.mark.parametrize(
    ("url", "full"),
    [
        ("/media/one.jpg", "https://north.example/media/one.jpg"),
        ("https://files.example/one.jpg", "https://files.example/one.jpg"),
    ],
)
def test_a_file_keeps_a_host_of_its_own(url, full):
    assert full_url(url, "https://north.example") == full


def test_a_page_without_a_picture_has_none_to_share(clinic):
    assert shared_picture(clinic.home, clinic.site.root_url) is None


def test_the_picture_has_its_true_size_and_its_description(clinic):
    page = StandardPageFactory(
        parent=clinic.home, hero_image=ImageFactory(file__width=2400, file__height=1800)
    )
    picture = shared_picture(page, clinic.site.root_url)
    assert picture.url.startswith(f"{clinic.site.root_url}/media/")
    assert (picture.width, picture.height, picture.alt) == (1200, 630, "A plain test picture.")


def test_a_page_whose_picture_has_lost_its_file_has_none_to_share(clinic):
    image = ImageFactory()
    page = StandardPageFactory(parent=clinic.home, hero_image=image)
    image.file.storage.delete(image.file.name)
    assert shared_picture(page, clinic.site.root_url) is None
