"""Tokens in the rich-text editor of the real admin."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import PASSWORD

pytestmark = pytest.mark.browser


class Editor:
    """The first rich text of a library page, with the cursor at its end."""

    def __init__(self, page):
        self.page = page
        self.words = page.locator("[data-contentpath=sections] .public-DraftEditor-content").first
        self.menu = page.get_by_role("dialog", name="Insert a token")
        self.words.click()
        page.keyboard.press("Control+End")

    def type(self, words):
        expect(self.words).to_be_focused()
        self.page.keyboard.type(words)

    def open_menu(self):
        self.type(" /token")
        self.page.get_by_role("option", name="Insert a token").click()
        expect(self.menu).to_be_visible()

    def choose(self, name):
        self.open_menu()
        self.menu.get_by_role("button", name=name).click()
        expect(self.menu).to_be_hidden()


@pytest.fixture
def library_text(server, open_page):
    """Opens the editor of a library treatment: `library_text(PHONE)`."""

    def opened(viewport):
        page = open_page(viewport)
        sign_in(page, server, "library-editor", PASSWORD, "/admin/clinicsite/treatments/")
        page.get_by_role("link", name="Chiropractic care").first.click()
        return Editor(page)

    return opened


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_library_editor_inserts_a_token_from_the_menu(library_text, viewport):
    editor = library_text(viewport)
    editor.choose("{phone}")
    chip = editor.words.locator(".token-chip--known", has_text="{phone}").last
    expect(chip).to_have_attribute("title", "the primary location's number to call")
    editor.type(" or come in.")
    expect(editor.words).to_contain_text("{phone} or come in.")


def test_the_menu_is_worked_by_keyboard_and_left_without_a_choice(library_text):
    editor = library_text(DESKTOP)
    editor.open_menu()
    editor.page.keyboard.press("Escape")
    expect(editor.menu).to_be_hidden()
    editor.open_menu()
    expect(editor.menu.get_by_role("button", name="{clinic}")).to_be_focused()
    editor.page.keyboard.press("Tab")
    editor.page.keyboard.press("Enter")
    expect(editor.menu).to_be_hidden()
    editor.type("!")
    expect(editor.words).to_contain_text("{phone}!")


def test_a_link_and_an_optional_phrase_are_inserted_ready_for_words(library_text):
    editor = library_text(DESKTOP)
    editor.choose("Link to {booking_url}")
    expect(editor.words.locator(".TooltipEntity", has_text="Book online")).to_be_visible()
    editor.choose("Optional phrase")
    editor.type("in {city}")
    expect(editor.words).to_contain_text("[[in {city}]]")
    expect(editor.words.locator(".token-chip--optional")).to_have_count(2)


def test_an_unknown_token_says_so_in_words(library_text):
    editor = library_text(DESKTOP)
    editor.type(" Call {fone} ")
    chip = editor.words.locator(".token-chip--unknown")
    expect(chip).to_have_text("{fone}")
    said = chip.evaluate("chip => getComputedStyle(chip, '::after').content")
    assert "unknown token" in said
    assert [one for one in editor.page.watched.complaints if "Content Security Policy" in one] == []
