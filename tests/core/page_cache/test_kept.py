import gzip
from dataclasses import replace

import pytest

from clinicsite.core.page_cache.kept import Files, KeptPage, Memory, compressed

PAGE = KeptPage(
    key="one\nhttp\n\nnorth.localhost\n/\n",
    status="200 OK",
    headers=(("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY")),
    etag='"abc"',
    site_id=7,
    file=12345678901234567890,
    versions=((5, 42), (9, 18446744073709551615)),
    until=1793000000.25,
    plain="Nädeln".encode(),
    compressed={"gzip": gzip.compress("Nädeln".encode())},
)


def test_a_page_comes_back_from_its_file_as_it_was(tmp_path):
    files = Files(tmp_path)
    files.keep(PAGE)
    assert files.get(PAGE.key) == PAGE


def test_what_was_never_kept_is_not_there(tmp_path):
    assert Files(tmp_path).get(PAGE.key) is None


def test_a_later_page_of_an_address_takes_the_place_of_the_earlier(tmp_path):
    files = Files(tmp_path)
    files.keep(PAGE)
    files.keep(replace(PAGE, status="410 Gone"))
    assert files.get(PAGE.key).status == "410 Gone"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("left", [0, 5, 40, -1])
def test_half_a_file_is_no_page(tmp_path, left):
    files = Files(tmp_path)
    files.keep(PAGE)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:left])
    assert files.get(PAGE.key) is None


def test_a_file_of_another_address_is_not_taken_for_this_ones(tmp_path):
    files = Files(tmp_path)
    files.keep(PAGE)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    other = files._path("another")
    other.parent.mkdir(parents=True, exist_ok=True)
    path.rename(other)
    assert files.get("another") is None


def test_memory_lets_go_of_what_was_asked_for_longest_ago():
    pages = [replace(PAGE, key=str(number), plain=b"x" * 6000) for number in range(3)]
    memory = Memory(most=2 * pages[0].size)
    memory.keep(pages[0])
    memory.keep(pages[1])
    memory.get("0")
    memory.keep(pages[2])
    assert [memory.get(str(number)) is not None for number in range(3)] == [True, False, True]


def test_memory_counts_a_page_that_is_kept_again_once():
    memory = Memory(most=2 * PAGE.size)
    for _time in range(5):
        memory.keep(PAGE)
    memory.keep(replace(PAGE, key="other"))
    assert memory.get(PAGE.key) is not None


def test_what_is_compressed_is_the_content():
    assert gzip.decompress(compressed(b"needle " * 100)["gzip"]) == b"needle " * 100
