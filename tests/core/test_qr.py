import re

import pytest
import segno
import zxingcpp
from PIL import Image, ImageDraw

from clinicsite.core.qr import QUIET_ZONE, qr_svg

ADDRESSES = [
    "https://northgate.example/treatments/dry-needling/",
    "https://a-very-long-name-for-a-clinic.example/conditions/neck-and-shoulder-pain/",
]
PIXELS = 6


def drawn(svg):
    """The code's path, drawn as a browser draws it: (side in modules, picture)."""
    side = int(re.search(r'viewBox="0 0 (\d+) \d+"', svg)[1])
    picture = Image.new("L", (side * PIXELS, side * PIXELS), 255)
    pen, x, y = ImageDraw.Draw(picture), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([\d. -]+)", re.search(r'stroke="#000" d="([^"]+)"', svg)[1]):
        steps = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            # A stroke one module wide, with its middle on the line.
            box = (x * PIXELS, (y - 0.5) * PIXELS, (x + steps[0]) * PIXELS - 1, (y + 0.5) * PIXELS - 1)
            pen.rectangle(box, fill=0)
            x += steps[0]
        else:
            x, y = (steps[0], steps[1]) if command == "M" else (x + steps[0], y + steps[1])
    return side, picture


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reader_gets_the_address_back(address):
    _, picture = drawn(qr_svg(address, "This page"))
    (found,) = zxingcpp.read_barcodes(picture)
    assert (found.format, found.text) == (zxingcpp.BarcodeFormat.QRCode, address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_code_survives_a_crease_or_a_stain(address):
    side, picture = drawn(qr_svg(address, "This page"))
    middle = side * PIXELS / 2
    stain = side * PIXELS * 0.07
    ImageDraw.Draw(picture).ellipse((middle - stain, middle - stain, middle + stain, middle + stain), fill=0)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [address]


def test_the_code_keeps_its_quiet_zone():
    side, picture = drawn(qr_svg(ADDRESSES[0], "This page"))
    dark = picture.point(lambda value: 255 - value).getbbox()
    margins = (dark[0], dark[1], side * PIXELS - dark[2], side * PIXELS - dark[3])
    assert {margin // PIXELS for margin in margins} == {QUIET_ZONE}


def test_the_code_is_black_on_white_in_any_colour_scheme_and_says_what_it_is():
    svg = qr_svg(ADDRESSES[0], 'Page & "more" <here>')
    assert 'role="img"' in svg
    assert "<title>Page &amp; " in svg
    assert "<here>" not in svg
    assert 'fill="#fff"' in svg
    assert segno.make_qr(ADDRESSES[0], error="m").error in "MQH"
