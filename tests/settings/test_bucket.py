"""Uploaded files in a bucket: one of a real service that speaks S3, which listens on this machine."""

import re
from io import BytesIO

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from clinicsite.settings import environment, services
from tests.factories.modalities import ModalityPageFactory

NAME = "example-clinics"
KEYS = {"aws_access_key_id": "a-key", "aws_secret_access_key": "a-secret", "region_name": "ca-central-1"}


@pytest.fixture
def service(monkeypatch):
    """A service that keeps files as S3 does, and its address."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    yield server
    s3_backends.reset()
    server.stop()


@pytest.fixture
def bucket(service, settings, monkeypatch):
    """An empty bucket that the project keeps its files in."""
    host, port = service.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=address, **KEYS)
    client.create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": KEYS["region_name"]})
    values = environment.read(
        {
            "S3_BUCKET": NAME,
            "S3_REGION": KEYS["region_name"],
            "S3_ENDPOINT_URL": address,
            "S3_PUBLIC_HOST": "media.example",
            "S3_ACCESS_KEY": KEYS["aws_access_key_id"],
            "S3_SECRET_KEY": KEYS["aws_secret_access_key"],
        }
    )
    settings.STORAGES = settings.STORAGES | {"default": services.media_storage(values)}
    return boto3.resource("s3", endpoint_url=address, **KEYS).Bucket(NAME)


def a_file():
    content = BytesIO()
    Image.new("RGB", (1800, 1200), "teal").save(content, "JPEG")
    return ContentFile(content.getvalue(), name="neck.jpg")


@pytest.fixture
def treatment(bucket, clinic):
    picture = get_image_model().objects.create(
        title="Neck", alt_text="A neck", file=a_file(), collection=clinic.collection
    )
    return ModalityPageFactory(parent__parent=clinic.home, hero_image=picture)


def keys(bucket):
    return sorted(item.key for item in bucket.objects.all())


def test_pictures_are_kept_in_the_bucket_and_their_cuts_under_names_nobody_can_guess(
    treatment, bucket, visit
):
    page = visit(treatment.url).text
    original, *cuts = keys(bucket)[::-1]
    assert original == "original_images/neck.jpg"
    chances = {re.fullmatch(r"images/([0-9a-f]{16})-ne[\w.-]+", cut)[1] for cut in cuts}
    assert len(chances) == len(cuts) > 1
    printed = set(re.findall(r"https://media\.example/([\w./-]+)", page))
    assert printed
    assert printed <= set(cuts)
    assert "original_images" not in page


def test_a_document_is_read_from_the_bucket_by_the_project_which_asks_whose_it_is(
    bucket, clinic, other_clinic, visit, client
):
    document = get_document_model().objects.create(
        title="Exercises",
        file=ContentFile(b"Ten times a day.", name="neck.txt"),
        collection=clinic.collection,
    )
    assert keys(bucket) == ["documents/neck.txt"]
    answer = visit(document.url)
    assert b"".join(answer.streaming_content) == b"Ten times a day."
    assert "media.example" not in str(answer.headers)
    assert client.get(document.url, HTTP_HOST=other_clinic.site.hostname).status_code == 404


def test_a_page_is_there_where_the_bucket_is_not(treatment, service, visit):
    service.stop()
    answer = visit(treatment.url)
    assert answer.status_code == 200
    assert treatment.title in answer.text


def test_no_answer_from_the_bucket_is_waited_for_long(bucket):
    config = default_storage.client_config
    assert (config.connect_timeout, config.read_timeout) == (3, 10)
    assert config.retries == {"total_max_attempts": 2, "mode": "standard"}
