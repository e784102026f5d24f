"""How the kinds of page found are shown."""

from clinicsite.home.search.catalogue import Group

HEADINGS = {
    Group.CONDITIONS: "Conditions",
    Group.TREATMENTS: "Treatments",
    Group.PEOPLE: "People",
    Group.PLACES: "Places",
    Group.POSTS: "Posts",
    Group.OTHER: "Other pages",
}
#: How a number of them is called: one, several.
NOUNS = {
    Group.CONDITIONS: ("condition", "conditions"),
    Group.TREATMENTS: ("treatment", "treatments"),
    Group.PEOPLE: ("person", "people"),
    Group.PLACES: ("place", "places"),
    Group.POSTS: ("post", "posts"),
    Group.OTHER: ("other page", "other pages"),
}


def counted(number: int, nouns: tuple[str, str] = ("result", "results")) -> str:
    """A number of things in words: 1 result, 4 conditions, no posts."""
    one, several = nouns
    return f"1 {one}" if number == 1 else f"{number or 'No'} {several}"
