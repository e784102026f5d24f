"""The forms of a screen, as a browser would send them back unchanged."""

from html.parser import HTMLParser

_EMPTY = {"button", "submit", "image", "file", "reset"}


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.form, self.name, self.text, self.options = [], None, None, [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.form = {} if (given.get("method") or "").lower() == "post" else None
            if self.form is not None:
                self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.name, self.text = given.get("name"), []
        elif tag == "select":
            self.name, self.options = given.get("name"), []
        elif tag == "option" and "selected" in given:
            self.options.append(given.get("value") or "")
        elif tag == "button" and given.get("name"):
            self.form.setdefault(given["name"], given.get("value") or "")

    def _input(self, given):
        kind = (given.get("type") or "text").lower()
        is_off = kind in ("checkbox", "radio") and "checked" not in given
        if given.get("name") and kind not in _EMPTY and not is_off:
            self.form[given["name"]] = given.get("value") or ("on" if kind == "checkbox" else "")

    def handle_data(self, data):
        self.text.append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif self.form is not None and tag == "textarea" and self.name:
            self.form[self.name], self.name = "".join(self.text).removeprefix("\n"), None
        elif self.form is not None and tag == "select" and self.name:
            self.form[self.name], self.name = self.options, None


def form_of(body: str) -> dict | None:
    """The largest form of a screen that is sent by POST; None where it has none but that for signing out."""
    if "<form" not in body:
        return None
    parser = _Forms()
    parser.feed(body)
    forms = [one for one in parser.forms if set(one) - {"csrfmiddlewaretoken"}]
    found = max(forms or parser.forms, key=len, default=None)
    return (
        None
        if found is None
        else {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}
    )
