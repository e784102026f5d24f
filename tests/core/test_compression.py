"""Pages travel compressed, wherever the install runs."""

import gzip


def test_a_page_is_compressed_for_a_browser_that_can_read_it(clinic, visit):
    plain = visit("/")
    small = visit("/", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain
