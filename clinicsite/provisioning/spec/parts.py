"""The parts of a spec. No Django: what is right is asked of the models and forms, in `validating`.

Texts are kept as they were typed: times, dates, numbers and colours are read by the very fields of the admin,
so that "8am", "08:00" and "8:00 am" are the same here as there.
"""

from dataclasses import dataclass, field
from typing import Annotated

#: The version of the format. A spec of another one is refused.
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class PictureSpec:
    """A picture in a file."""

    file: Annotated[str, "Where the file is; in a spec file, as seen from its folder."]
    alt: Annotated[str, "What it shows, for people who cannot see it."] = ""
    title: Annotated[str, "What it is called in the admin; the file's name where this is left out."] = ""


@dataclass(frozen=True, kw_only=True)
class BrandSpec:
    """How a clinic's pages look."""

    primary: Annotated[str, "The main colour, such as #1f5f6b. White text must be readable on it."] = ""
    accent: Annotated[str, "The second colour, for small marks and borders."] = ""
    fonts: Annotated[str, "A pair of fonts, such as figtree."] = ""
    mood: Annotated[str, "How pages are laid out, such as calm."] = ""
    opening: Annotated[str, "What the front page begins with, such as split."] = ""
    logo: Annotated[
        PictureSpec | None,
        "The logo. Without one the clinic's name stands in its place.",
    ] = None
    favicon: Annotated[
        PictureSpec | None,
        "A small square mark for browser tabs. Without one it is drawn of the logo or the name.",
    ] = None


@dataclass(frozen=True, kw_only=True)
class SocialLinkSpec:
    """The clinic's page on a social network."""

    network: Annotated[str, "facebook, instagram, linkedin or youtube."]
    url: Annotated[str, "Its address."]


@dataclass(frozen=True, kw_only=True)
class FrontSpec:
    """The front page."""

    heading: Annotated[
        str,
        "The first words a patient reads; the tagline or the name where this is left out.",
    ] = ""
    promise: Annotated[str, "One sentence: what a patient can expect."] = ""
    picture: Annotated[PictureSpec | None, "The picture on top."] = None
    introduction_heading: Annotated[str, "The heading of the introduction."] = ""
    introduction: Annotated[str, "The introduction, in Markdown."] = ""
    call_heading: Annotated[str, "The heading of the call to book."] = ""
    call_text: Annotated[str, "The words of the call to book."] = ""
    treatments: Annotated[tuple[str, ...], "Treatments to feature; the first six where none is named."] = ()
    conditions: Annotated[tuple[str, ...], "Conditions to feature; all where none is named."] = ()


@dataclass(frozen=True, kw_only=True)
class PhoneSpec:
    """A phone number of a location."""

    number: Annotated[str, "With area code, such as 416 555 0123 or 416 555 0123 ext. 204."]
    label: Annotated[str, "What it is for: booking, text, fax or after_hours."] = "booking"
    is_primary: Annotated[bool, "Whether it is the one for “Call”."] = False


@dataclass(frozen=True, kw_only=True)
class HoursSpec:
    """One stretch of opening on one day of the week."""

    day: Annotated[str, "monday to sunday."]
    opens: Annotated[str, "Local time at the location: 8am, 08:00."]
    closes: Annotated[str, "A time before the opening time means the next day."]
    is_by_appointment: Annotated[bool, "Whether it is by appointment only."] = False


@dataclass(frozen=True, kw_only=True)
class SpecialDaySpec:
    """A date, or a run of dates, with other hours or none."""

    name: Annotated[str, "What patients read, such as Labour Day."]
    first_date: Annotated[str, "The day, or the first: 2026-12-24, 24 Dec 2026."]
    last_date: Annotated[str, "The last day; the same as the first where this is left out."] = ""
    day: Annotated[str, "Over several dates: the one day of the week that is meant."] = ""
    is_closed: Annotated[bool, "Whether it is closed all day."] = True
    opens: Annotated[str, "The hours, where it is not closed."] = ""
    closes: Annotated[str, "The hours, where it is not closed."] = ""
    note: Annotated[str, "A few words for patients."] = ""


@dataclass(frozen=True, kw_only=True)
class LocationSpec:
    """An address where the clinic sees patients. The first is the main one."""

    name: Annotated[str, "What patients call it, such as Lakeside or Downtown."]
    slug: Annotated[str, "Its address below /locations/; made of the name where this is left out."] = ""
    street: Annotated[str, "Number and street."]
    city: Annotated[str, "The city."]
    region: Annotated[str, "Province or state; the one of the jurisdiction where this is left out."] = ""
    postal_code: Annotated[str, "As the post writes it, such as M5V 1A1."]
    country: Annotated[str, "Two letters."] = "CA"
    latitude: Annotated[str, "For directions, such as 43.65107."] = ""
    longitude: Annotated[str, "For directions, such as -79.34702."] = ""
    time_zone: Annotated[str, "Such as America/Toronto; the clinic's where this is left out."] = ""
    email: Annotated[str, "If it differs from the clinic's."] = ""
    booking_url: Annotated[str, "If it differs from the clinic's."] = ""
    access: Annotated[str, "Steps, ramps, lifts, doors and washrooms, in Markdown."] = ""
    parking: Annotated[str, "Where to park."] = ""
    transit: Annotated[str, "How to come by bus or train."] = ""
    picture: Annotated[PictureSpec | None, "A picture of the place."] = None
    phones: Annotated[tuple[PhoneSpec, ...], "Its phone numbers; at least one."] = ()
    hours: Annotated[tuple[HoursSpec, ...], "Its weekly hours."] = ()
    special_days: Annotated[tuple[SpecialDaySpec, ...], "Holidays and other hours."] = ()
    treatments: Annotated[
        tuple[str, ...] | None,
        "Slugs of the treatments offered here; all of the clinic's where this is left out.",
    ] = None


@dataclass(frozen=True, kw_only=True)
class PersonSpec:
    """A person who treats patients."""

    name: Annotated[str, "As patients know them."]
    slug: Annotated[str, "Their address below /team/; made of the name where this is left out."] = ""
    profession: Annotated[str, "As registered, such as Registered physiotherapist."]
    post_nominals: Annotated[str, "Letters after the name, such as PT."] = ""
    pronouns: Annotated[str, "Such as she/her."] = ""
    summary: Annotated[str, "A sentence for cards."] = ""
    biography: Annotated[str, "More, in Markdown."] = ""
    register_name: Annotated[str, "The college that licenses this person."] = ""
    registration_number: Annotated[str, "The number in its register."] = ""
    register_url: Annotated[str, "Where patients can check the registration."] = ""
    needling_authorised_on: Annotated[
        str,
        "The date the college authorized this person for dry needling.",
    ] = ""
    languages: Annotated[tuple[str, ...], "Codes of the languages they speak, such as en, fr."] = ("en",)
    is_accepting_new_patients: Annotated[bool, "Whether they take new patients."] = True
    booking_url: Annotated[str, "If this person has their own."] = ""
    portrait: Annotated[PictureSpec | None, "Their portrait."] = None
    locations: Annotated[
        tuple[str, ...] | None,
        "Slugs of the places they work at; all where this is left out.",
    ] = None
    treatments: Annotated[tuple[str, ...], "Slugs of the treatments they give."] = ()


@dataclass(frozen=True, kw_only=True)
class LoginSpec:
    """Somebody who works on the clinic's site. They get a mail with a link to set a password."""

    email: Annotated[str, "Where the invitation goes. Whoever has a login with it already gets the role."]
    first_name: Annotated[str, "For the admin, and for the mail."] = ""
    last_name: Annotated[str, "For the admin."] = ""
    role: Annotated[str, "owner or editor."] = "owner"


@dataclass(frozen=True, kw_only=True)
class ClinicSpec:
    """A clinic as it is to be made. `clinicsite.provisioning.spec.read` makes one of a mapping."""

    version: Annotated[int, "The version of the format."] = VERSION
    name: Annotated[str, "As patients know the clinic."]
    slug: Annotated[
        str,
        "The clinic's name in the tree of pages; made of the name where this is left out. By it the "
        "same clinic is found again.",
    ] = ""
    host: Annotated[str, "The host of its site, such as lakeside.example."]
    hosts: Annotated[
        tuple[str, ...],
        "Further hosts that lead to it, such as www.lakeside.example.",
    ] = ()
    port: Annotated[
        int,
        "The port the site is reached on: 443 where this is left out, and 8000 for a host that ends "
        "in .localhost.",
    ] = 0
    network: Annotated[str, "The slug of the network it is in; the first where this is left out."] = ""
    jurisdiction: Annotated[str, "Where it is licensed, such as CA-ON."]
    time_zone: Annotated[str, "Such as America/Toronto."]
    language: Annotated[str, "Language tag, such as en-CA or fr-CA."] = ""
    kind: Annotated[
        str,
        "physiotherapy, massage, sports_medicine or health_services; the first where this is left out.",
    ] = ""
    legal_name: Annotated[str, "As registered; shown in the footer."] = ""
    tagline: Annotated[str, "A few words under the name."] = ""
    email: Annotated[str, "Where contact messages are sent."]
    booking_url: Annotated[str, "The address of the booking page, beginning with https://."] = ""
    free_consultation: Annotated[str, "For example: free 10-minute phone consultation."] = ""
    has_direct_billing: Annotated[bool, "Whether it bills insurers directly."] = False
    insurers: Annotated[tuple[str, ...], "The insurers it bills directly."] = ()
    social_links: Annotated[tuple[SocialLinkSpec, ...], "Its pages on social networks."] = ()
    state: Annotated[
        str,
        "draft, staging or live. A live one is opened only if no line of its launch checklist is open; "
        "otherwise it is made all the same, as a draft, and the open lines are told.",
    ] = "draft"
    opens_anyway: Annotated[
        bool,
        "Whether a live one is opened although lines of its launch checklist are open. They are told.",
    ] = False
    brand: Annotated[BrandSpec, "How its pages look."] = field(default_factory=BrandSpec)
    front: Annotated[FrontSpec, "Its front page."] = field(default_factory=FrontSpec)
    pack: Annotated[str, "The name of a starter pack: library pages to follow."] = ""
    groups: Annotated[
        tuple[str, ...],
        "The names of groups that it is in. Of their look and their starter pack it gets what the spec "
        "leaves open; the first that has one counts.",
    ] = ()
    takes_new_pages: Annotated[
        bool,
        "Whether pages that come to the pack later arrive on the clinic's site by themselves.",
    ] = False
    treatments: Annotated[tuple[str, ...], "Slugs of treatments of the library to follow."] = ()
    conditions: Annotated[tuple[str, ...], "Slugs of conditions of the library to follow."] = ()
    posts: Annotated[tuple[str, ...], "Slugs of posts of the library to follow."] = ()
    locations: Annotated[tuple[LocationSpec, ...], "Where it sees patients; the main location first."] = ()
    people: Annotated[tuple[PersonSpec, ...], "The people who treat patients."] = ()
    owner: Annotated[LoginSpec | None, "Who runs the site. Gets an invitation by mail."] = None
    logins: Annotated[tuple[LoginSpec, ...], "Further people who work on it."] = ()
