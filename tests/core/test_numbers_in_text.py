"""Phone numbers in running text, found as people write them and left alone where they are none."""

import pytest

from clinicsite.core.rich_text.numbers import numbers_in, with_linked_numbers


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>Call 519-555-0160.</p>", '<p>Call <a href="tel:+15195550160">519-555-0160</a>.</p>'),
        (
            "<p>(416) 555-0123 ext. 204, or <b>1-800-555-0199</b></p>",
            '<p><a href="tel:+14165550123;ext=204">(416) 555-0123 ext. 204</a>, '
            'or <b><a href="tel:+18005550199">1-800-555-0199</a></b></p>',
        ),
        (
            "<p>+44 20 7946 0018 &amp; 416.555.0123</p>",
            '<p><a href="tel:+442079460018">+44 20 7946 0018</a> &amp; '
            '<a href="tel:+14165550123">416.555.0123</a></p>',
        ),
    ],
)
def test_a_number_becomes_a_link(html, linked):
    assert with_linked_numbers(html) == linked


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="tel:+14165550123">Call <b>416-555-0123</b></a></p>',
        '<p><a href="/x/" title="416-555-0123">us</a></p>',
        "<p>Fax: 416-555-0199</p>",
        "<p>1,463 of 7,629 and 7,531 of 20,464 treatments; 2024;1(2):3-4; 2026-11-30 09:00 to 17:00</p>",
        "<p>doi 10.1016/j.pain.2004.10.012, PMID 15664419, ISBN 978-0-7817-5560-3</p>",
        "<p>Dial 911, or 811 for advice. 3 sets of 10, 4 to 6 weeks, 12345 67890 12345.</p>",
    ],
)
def test_what_is_a_link_already_or_no_number_stays_as_it_is(html):
    assert with_linked_numbers(html) == html


def test_every_number_of_a_text_is_found_where_it_stands():
    text = "Ring 416-555-0123 or 519 555 0160."
    assert [(text[start:end], str(number)) for start, end, number in numbers_in(text)] == [
        ("416-555-0123", "+14165550123"),
        ("519 555 0160", "+15195550160"),
    ]
