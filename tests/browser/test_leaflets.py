"""A patient takes a page along on paper."""

import re

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

TREATMENT = "/treatments/dry-needling/"
CONDITION = "/conditions/low-back-pain/"
#: Sheets at most; the longest treatment of the demo has fifteen references and sections of the clinic's own.
MOST_PAGES = {TREATMENT: 4, CONDITION: 2}
#: Pixels for each point of paper: 144 to the inch, what a phone's camera makes of a sheet at arm's length.
SHARPNESS = 2
COUNT_PRINTING = "window.printed = 0; window.print = () => { window.printed += 1 }"


@pytest.fixture
def printed(open_page):
    """What comes out of the printer, for an address and a format: a PDF document."""

    def print_it(url, size="A4"):
        page = open_page(color_scheme="dark")
        page.goto(url)
        return pypdfium2.PdfDocument(page.pdf(format=size, print_background=False))

    return print_it


def words_of(document):
    texts = (page.get_textpage().get_text_range() for page in document)
    return " ".join(" ".join(texts).split())


def squeezed(words):
    """Letters and digits alone: an address may break at any of its hyphens."""
    return re.sub(r"[\W_]", "", words)


def wait_for_dialogue(page):
    """Until the page has asked to be printed; its policy refuses what Playwright's own waiting needs."""
    for _ in range(50):
        if page.evaluate("window.printed"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("The page was not printed.")


def codes_on(document):
    pictures = (page.render(scale=SHARPNESS).to_pil() for page in document)
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("path", [TREATMENT, CONDITION])
def test_a_leaflet_is_a_few_sheets_with_all_that_matters(server, printed, path, size):
    document = printed(server.url("northgate", f"{path}leaflet/"), size)
    words = words_of(document)
    assert len(document) <= MOST_PAGES[path]
    assert "Northgate Physiotherapy" in words
    assert "(416) 555-0123" in words
    assert "When to get urgent help" in document[0].get_textpage().get_text_range()
    assert squeezed(f"Printed from {server.url('northgate', path)}") in squeezed(words)
    for pressed in ("Menu", "Ask us to call you", "Back to the page", "Skip to"):
        assert pressed not in words


@pytest.mark.parametrize("path", [TREATMENT, CONDITION])
def test_the_code_on_the_sheet_leads_to_the_page(server, printed, path):
    document = printed(server.url("northgate", f"{path}leaflet/"))
    assert codes_on(document) == [server.url("northgate", path)]


def test_answers_are_printed_although_they_are_folded_on_the_screen(server, printed):
    for path in (TREATMENT, f"{TREATMENT}leaflet/"):
        assert "It can, for a short time." in words_of(printed(server.url("northgate", path)))


def test_aftercare_fits_on_one_sheet(server, printed):
    document = printed(server.url("northgate", f"{TREATMENT}leaflet/aftercare/"), "Letter")
    assert len(document) == 1
    assert "Looking after yourself afterwards" in words_of(document)
    assert "call 911" in words_of(document)


@pytest.mark.parametrize("path", ["/", TREATMENT, "/team/", "/contact/", "/locations/"])
def test_any_page_prints_without_what_is_there_to_press(server, open_page, path):
    page = open_page()
    page.emulate_media(media="print")
    page.goto(server.url("harbour", path))
    for seen_only_on_screens in ("nav", ".button", ".action-bar", ".call-to-book", "form"):
        for element in page.locator(seen_only_on_screens).all():
            expect(element).to_be_hidden()
    expect(page.locator("h1").first).to_be_visible()


def test_one_press_opens_the_print_dialogue_once(server, open_page):
    page = open_page(PHONE)
    page.add_init_script(COUNT_PRINTING)
    page.goto(server.url("northgate", TREATMENT))
    page.get_by_role("link", name="Print the aftercare advice").click()
    page.wait_for_url("**/leaflet/aftercare/")
    wait_for_dialogue(page)
    assert page.evaluate("window.printed") == 1
    assert page.url == server.url("northgate", f"{TREATMENT}leaflet/aftercare/")
    page.reload()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert page.evaluate("window.printed") == 0
    page.get_by_role("button", name="Print").click()
    wait_for_dialogue(page)


def test_without_javascript_the_link_leads_to_the_sheet(server, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(server.url("northgate", TREATMENT))
    page.get_by_role("link", name="Print as a leaflet").click()
    expect(page.get_by_role("heading", level=1, name="Dry needling")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) <= 0


def test_no_heading_is_left_alone_at_the_end_of_a_sheet(server, printed):
    document = printed(server.url("northgate", f"{TREATMENT}leaflet/"))
    headings = {
        "What is dry needling?",
        "How might it work?",
        "What it may do for you",
        "Risks and side effects",
    }
    headings |= {"What the research says", "Questions people ask", "Cost and insurance", "References"}
    for page in document:
        lines = [line.strip() for line in page.get_textpage().get_text_range().splitlines() if line.strip()]
        assert headings.isdisjoint(lines[-2:]), lines[-2:]
