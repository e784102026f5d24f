"""How judgements on the admin are written down, and which names they cover."""

from types import SimpleNamespace

import pytest

from clinicsite.clinics.tenancy.surface import Judgement, Kind, for_agency, for_clinics, name_of


def test_a_judgement_holds_its_kind_its_names_and_why():
    names = frozenset({"reports", "help"})
    assert for_clinics(Kind.PANEL, "reports help", "Plain.") == Judgement(Kind.PANEL, True, names, "Plain.")
    closed = Judgement(Kind.PANEL, False, names, "Not so.", frozenset())
    assert for_agency(Kind.PANEL, "reports help", "Not so.") == closed


@pytest.mark.parametrize("judge", [for_clinics, for_agency])
def test_a_judgement_that_is_plain_needs_no_reason(judge):
    assert judge(Kind.PANEL, "reports").reason == ""


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("plain", {"plain"}),
        ("first second\n  third", {"first", "second", "third"}),
        ("images:{index,add,edit}", {"images:index", "images:add", "images:edit"}),
        ("home{,_done}", {"home", "home_done"}),
        ("{one,two}.{a,b}", {"one.a", "one.b", "two.a", "two.b"}),
        ("{core.image,whats-new_2}.delete {x}", {"core.image.delete", "whats-new_2.delete", "x"}),
    ],
)
def test_names_in_braces_are_choices(written, names):
    assert for_agency(Kind.ADDRESS, written).names == names


@pytest.mark.parametrize(
    ("name", "is_covered"),
    [
        ("sites:index", True),
        ("sites:", True),
        ("api:images:listing", True),
        ("api:images", False),
        ("api:pages:listing", False),
        ("sites", False),
        ("home", True),
        ("home:index", False),
        ("index", False),
    ],
)
def test_a_judgement_covers_its_names_and_all_of_a_family(name, is_covered):
    assert for_agency(Kind.ADDRESS, "sites:* api:images:* home").covers(name) == is_covered


def test_a_whole_family_is_never_for_clinics_and_the_error_says_why():
    with pytest.raises(ValueError, match="a whole family") as refusal:
        for_clinics(Kind.ADDRESS, "home treatments:*")
    assert str(refusal.value) == "what clinics may use is named, never a whole family as it may grow"


class Figure:
    """Has no name of its own."""


def test_a_thing_without_a_name_is_judged_by_its_class():
    assert name_of(SimpleNamespace(name="reports")) == "reports"
    assert name_of(SimpleNamespace(name="")) == "SimpleNamespace"
    assert name_of(Figure()) == "Figure"
