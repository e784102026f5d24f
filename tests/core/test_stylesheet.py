"""The one stylesheet of the public pages."""

import gzip
import re
from pathlib import Path

from django.conf import settings

from clinicsite.core.stylesheet import build, compress, digest_of


def test_layers_stand_in_their_order_before_anything_else():
    assert build().css.startswith("@layer tokens,base,layout,components,mood,utilities,print;")


def test_every_component_file_is_in_the_stylesheet():
    css = build().css
    folder = Path(settings.BASE_DIR) / "static/clinicsite/css/components"
    missing = [path.name for path in folder.glob("*.css") if compress(path.read_text()) not in css]
    assert missing == []


def test_comments_and_idle_spaces_are_left_out():
    assert compress("/* why */\na  {\n  color: red;\n}\n") == "a{color:red}"


def test_the_spaces_that_css_needs_are_kept():
    rule = ".a :focus { margin: 0 calc(1px + 2px) }"
    assert compress(rule) == ".a :focus{margin:0 calc(1px + 2px)}"


def test_what_stands_in_quotes_is_left_as_it_is():
    rule = """.a::before { content: "one ; two: three /* four */" ; }"""
    assert compress(rule) == """.a::before{content:"one ; two: three /* four */"}"""


def test_quotes_may_hold_quotes_and_comments_an_apostrophe():
    rule = r"""/* don't */ .a { quotes: "\"; }" '} ;' ; } /* isn't */ .b { margin: 0 }"""
    assert compress(rule) == r""".a{quotes:"\"; }" '} ;'}.b{margin:0}"""


def test_a_nested_selector_keeps_its_meaning():
    # Minifiers from before nesting take the space for idle, and th is then sought on the table itself.
    rule = "@media print { .a { color: red; .b :is(th, td) { color: blue } & > :focus { margin: 0 } } }"
    wanted = "@media print{.a{color:red;.b :is(th,td){color:blue}& > :focus{margin:0}}}"
    assert compress(rule) == wanted


def test_the_digest_changes_with_the_text():
    assert build().digest == digest_of(build().css) != digest_of(build().css + " ")


def test_the_stylesheet_asks_nobody_else_for_anything():
    assert re.findall(r"url\(|@import", build().css) == []


def test_the_stylesheet_is_small_enough_for_a_slow_phone():
    assert len(gzip.compress(build().css.encode())) < 20_000


def test_a_projects_file_stands_for_ours_of_that_name_and_the_others_stay(settings, tmp_path):
    folder = tmp_path / "clinicsite/css/components"
    folder.mkdir(parents=True)
    (folder / "button.css").write_text(".button { color: teal; }")
    (folder / "ours-alone.css").write_text(".ours-alone { color: navy; }")
    before = build().css
    settings.STATICFILES_DIRS = [tmp_path]
    after = build().css
    assert ".button{color:teal" in after
    assert ".button{color:teal" not in before
    assert ".ours-alone{color:navy" in after
    card = compress((Path(settings.BASE_DIR) / "static/clinicsite/css/components/card.css").read_text())
    assert card in before
    assert card in after
