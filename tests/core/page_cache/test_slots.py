import os

from clinicsite.core.page_cache.slots import HIT, KNOWN, MISS, Slots, _make, new_change


def test_a_change_is_seen_through_every_opening_of_the_file(tmp_path):
    mine, others = Slots(tmp_path), Slots(tmp_path)
    place = mine.place("site:7")
    before = others.version(place)
    others.renew("site:7", 42)
    assert before == 0
    assert mine.version(place) == others.version(place) != 0


def test_other_names_keep_their_version(slots):
    slots.renew("site:7", 42)
    assert slots.version(slots.place("site:8")) == 0


def test_what_was_made_from_something_stands_until_that_changes(slots):
    versions = [(slots.place(name), slots.version(slots.place(name))) for name in ("site:7", "outside")]
    assert slots.stand(versions)
    slots.renew("site:8", new_change())
    assert slots.stand(versions)
    slots.renew("outside", new_change())
    assert not slots.stand(versions)


def test_any_change_is_told_by_one_number(slots):
    seen = {slots.any}
    for name in ("site:7", "site:7", "outside"):
        slots.renew(name, new_change())
        seen.add(slots.any)
    assert len(seen) == 4


def test_a_change_is_known_once_it_was_heard_of(slots):
    change = new_change()
    assert not slots.knows(change)
    slots.renew("site:7", change)
    assert slots.knows(change)


def test_a_change_that_is_heard_of_twice_brings_nothing_back(slots):
    place, seen = slots.place("site:7"), []
    # Two changes that share a place among those that are known, so that each forgets the other.
    for change in (5, 5 + KNOWN, 5, 5 + KNOWN):
        assert not slots.knows(change)
        slots.renew("site:7", change)
        seen.append(slots.version(place))
    assert len(set(seen)) == 4


def test_a_file_that_was_removed_is_made_anew_and_nothing_of_the_old_one_counts(tmp_path):
    slots = Slots(tmp_path)
    old = slots.file
    os.remove(slots.path)
    slots.reopen_if_replaced()
    assert slots.file != old
    assert slots.file == Slots(tmp_path).file
    assert slots.any == 0


def test_a_file_of_another_size_is_replaced(tmp_path):
    Slots(tmp_path).path.write_bytes(b"cut off")
    assert Slots(tmp_path).version(Slots(tmp_path).place("site:1")) == 0


def test_starting_anew_gives_the_file_another_number(slots):
    old = slots.file
    slots.start_anew()
    assert slots.file != old


def test_answers_are_counted_by_clinic(slots):
    for way in (HIT, HIT, MISS):
        slots.count(7, way)
    assert slots.counted(7) == (2, 1)
    assert slots.counted(8) == (0, 0)


def test_of_two_processes_that_make_the_file_at_once_both_go_on_with_one(tmp_path):
    first = Slots(tmp_path)
    _make(first.path)
    assert Slots(tmp_path).file == first.file
    assert [path.name for path in tmp_path.iterdir()] == ["versions"]
