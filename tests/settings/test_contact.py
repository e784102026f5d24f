"""How an install says whom to tell of a weakness."""

import pytest

from clinicsite.settings.kinds import CONTACT, read_value


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("security@clinics.example", "mailto:security@clinics.example"),
        ("https://clinics.example/report/", "https://clinics.example/report"),
    ],
)
def test_an_email_or_https_address_becomes_an_address_for_security_txt(text, address):
    assert read_value(CONTACT, text) == address


@pytest.mark.parametrize("text", ["http://clinics.example", "call us", "a@b@c", "mailto:x@y", "x@y\nEvil: 1"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="neither an e-mail address"):
        read_value(CONTACT, text)
