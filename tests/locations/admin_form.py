"""A location as the browser of its owner posts it from the Wagtail edit view."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from clinicsite.locations.models import LocationPage

PHONE = {"label": "booking", "number": "416 555 0123", "is_primary": "on"}
MONDAY = {"weekday": "0", "opens": "09:00", "closes": "17:00"}
HOLIDAY = {
    "name": "Labour Day",
    "first_date": "2026-09-07",
    "last_date": "2026-09-07",
    "is_closed": "on",
    "note": "",
}


def open_on(day, opens, closes, name="Fair day", last=None, weekday=""):
    """A row of special hours that is not closed."""
    return {
        "weekday": str(weekday),
        "name": name,
        "first_date": day,
        "last_date": last or day,
        "opens": opens,
        "closes": closes,
        "note": "",
    }


def hours(weekday, opens, closes, **more):
    """A row of weekly hours."""
    return {"weekday": str(weekday), "opens": opens, "closes": closes, **more}


def form_data(*, phones=(PHONE,), stored_phones=0, weekly=(MONDAY,), special=(), **changes):
    """Everything the edit view's form posts."""
    fields = {
        "title": "Maplewood",
        "slug": "maplewood",
        "street": "12 Main Street",
        "city": "Maplewood",
        "region": "ON",
        "postal_code": "M4C 1B5",
        "country": "CA",
        "time_zone": "America/Toronto",
        "access_notes": rich_text("<p>One step at the door.</p>"),
        "phones": inline_formset(phones, initial=stored_phones),
        "opening_hours": inline_formset(weekly),
        "special_hours": inline_formset(special),
        "comments": inline_formset([]),
        "action-publish": "Publish",
    }
    return nested_form_data(fields | changes)


def post(browser, page, data):
    """Post the form to the page's edit view."""
    return browser.post(f"/admin/pages/{page.pk}/edit/", data)


def assert_published(response):
    """Assert that the form was taken; say what was wrong with it otherwise."""
    assert response.status_code == 302, errors_of(response)


def errors_of(response):
    """Field errors and, by row, those of each list of children."""
    if response.context is None:
        return response.content.decode()[:500]
    form = response.context["form"]
    found = {name: list(errors) for name, errors in form.errors.items()}
    for name, formset in form.formsets.items():
        rows = {number: dict(row.errors) for number, row in enumerate(formset.forms) if row.errors}
        if rows or formset.non_form_errors():
            found[name] = rows or list(formset.non_form_errors())
    return found


def stored(page):
    """The page as it is in the database."""
    return LocationPage.objects.get(pk=page.pk)
