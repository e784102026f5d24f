"""Made-up values for each component, as the styleguide and the tests of the templates show them."""

from datetime import date, time, timedelta
from types import SimpleNamespace as Sample

from django.core.paginator import Paginator
from django.utils.safestring import mark_safe
from wagtail.images import get_image_model

from clinicsite.locations.hours import Interval, Schedule, SpecialDay
from clinicsite.locations.phones import Phone
from clinicsite.locations.templatetags.clinicsite_hours_tags import shown_now
from clinicsite.styleguide import form_samples, pain_samples

# As a rich text block gives it: markup of our own, written here.
WORDS = mark_safe("<p>A thin needle goes into a tight spot in the muscle. It stays for a moment.</p>")


def samples():
    """Component name to the variables it is shown with."""
    picture = get_image_model().objects.first()
    pages = {**_pages(picture), **_pain(picture)}
    forms = form_samples.samples(_place(), _phone())
    return {**_site(), **pages, **_text(picture), **_lists(), **forms}


def _pain(picture):
    return pain_samples.samples(picture, _place())


def _schedule():
    week = tuple(Interval(day, time(7), time(19)) for day in range(5))
    holiday = date.today() + timedelta(days=10)
    return Schedule(week, (SpecialDay(holiday, holiday, name="Civic holiday"),), "America/Toronto")


def _phone():
    return Phone("booking", "Booking", "+14165550123", "(416) 555-0123", is_primary=True)


def _place():
    schedule = _schedule()
    return Sample(
        id=0,
        title="Harbour Street",
        url="#place",
        street="12 Harbour Street",
        city="Toronto",
        region="ON",
        postal_code="M5J 2N1",
        address="12 Harbour Street, Toronto, ON M5J 2N1",
        country="CA",
        latitude=43.64,
        longitude=-79.38,
        has_position=True,
        has_hours=True,
        booking_url="",
        phone=_phone(),
        phones=[_phone()],
        schedule=schedule,
        schedule_data={},
        state=Sample(name="open"),
        state_text="Open now, closes at 7:00 pm",
        parking="Two accessible spaces by the door.",
        access="The door is level with the sidewalk.",
    )


def _clinic():
    place = _place()
    return Sample(
        name="Sample Physiotherapy",
        legal_name="Sample Physiotherapy Inc.",
        tagline="Hands that listen",
        email="hello@sample.example",
        email_in_header=True,
        email_in_footer=True,
        email_on_contact_page=True,
        email_at_locations=True,
        shows_email_everywhere=True,
        booking_url="#book",
        free_consultation="free 10-minute phone consultation",
        has_direct_billing=True,
        insurers=["Maple Life", "Prairie Mutual"],
        site_id=0,
        logo_id=None,
        favicon_id=None,
        brand_primary="#1f5f6b",
        brand_accent="#b4572f",
        font_pair="figtree",
        mood="calm",
        opening="split",
        state="draft",
        version=0,
        menu=_menu(),
        social_links=[("instagram", "Instagram", "#instagram")],
        parts={
            "places": Sample(all=[place], primary=place, has_phone=True),
            "blog": Sample(title="Blog", url="#blog"),
        },
    )


def _analytics():
    return Sample(
        kind="plausible",
        script="https://stats.sample.example/js/script.js",
        site="sample.example",
        host="stats.sample.example",
        counts_health_pages=False,
    )


def _menu():
    return [
        Sample(title=title, url=f"#{title.lower()}") for title in ("Treatments", "Team", "Locations", "Blog")
    ]


def _site():
    clinic, place = _clinic(), _place()
    spoken = Sample(places=[place], place=place, booking_url="#book", is_named=True)
    return {
        "action_bar": {"spoken": spoken},
        "all_link": {"url": "#posts", "text": "All posts"},
        "announcement": {"text": "We close at 3:00 pm today because of the snow."},
        "billing_line": {"clinic": clinic},
        "book_button": {"url": "#book"},
        "brand_mark": {"clinic": clinic},
        "head_of_site": {"clinic": clinic},
        "button": {"url": "#button", "text": "Button", "icon_name": "arrow-right"},
        "call_back_button": {"url": "#call-back"},
        "call_button": {"phone": place.phone},
        "call_to_book": {
            "heading": "Ready?",
            "text": "Book online.",
            "booking_url": "#book",
            "phone": place.phone,
        },
        "consent": {"clinic": clinic, "analytics": _analytics()},
        "consultation": {"clinic": clinic, "place": place},
        "email": {"email": clinic.email},
        "footer": {"clinic": clinic},
        "footer_place": {"place": place},
        "header": {"clinic": clinic, "spoken": spoken, "path": "#team"},
        "leaflet_foot": {"clinic": clinic, "page": _page(), "printed_on": date(2026, 5, 12)},
        "leaflet_head": {"clinic": clinic},
        "leaflet_links": {"url": "#", "has_aftercare": True},
        "header_contact": {"spoken": spoken},
        "hours_groups": {"schedule": place.schedule},
        "hours_table": {"schedule": place.schedule},
        "location_card": {"place": place, "clinic": clinic, "is_full": True},
        "location_grid": {"places": [place, place], "clinic": clinic},
        "lost": {"clinic": clinic, "phone": place.phone},
        "nav": {"menu": _menu(), "path": "#team"},
        "nav_list": {"menu": _menu(), "path": "#team"},
        "open_state": {"name": "closed", "text": "Closed now, opens Monday at 7:00 am"},
        "phones": {"phones": place.phones},
        "place_state": {"place": place},
        "reach": {"clinic": clinic},
        "special_days": {"days": shown_now(place.schedule).coming},
    }


def _page(**values):
    common = {
        "title": "Dry needling",
        "url": "#page",
        "full_url": "https://sample.example/treatments/dry-needling/",
        "composed_summary": "A thin needle for tight, sore muscles.",
        "composed_body_region": "Elbow",
        "date": date(2026, 5, 12),
        "reading_minutes": 4,
    }
    return Sample(**(common | values))


def _person(portrait=None):
    return Sample(
        title="Robin Sample",
        name_with_post_nominals="Robin Sample, PT",
        post_nominals="PT",
        profession="Registered physiotherapist",
        portrait=portrait,
        url="#person",
        is_accepting_new_patients=False,
        language_names=["English", "French"],
        shown_treatments=["Dry needling", "Massage therapy"],
        register_name="The College",
        registration_number="12345",
        register_url="#register",
        needling_authorised_on=date(2019, 3, 1),
    )


def _pages(picture):
    page = _page(composed_hero_image=picture)
    reviewed = _page(
        review_claim=date(2026, 3, 1), next_review_on=date(2028, 3, 1), composed_reviewer=_person()
    )
    address = _page(
        title="Harbour Street",
        street="12 Harbour Street",
        city="Toronto",
        region="ON",
        postal_code="M5J 2N1",
        shown_phones=[_phone()],
        access_notes="<p>Level entrance.</p>",
        parking="Behind the house.",
        transit="Streetcar 509.",
        latitude=43.64,
        longitude=-79.38,
    )
    return {
        "address": {"page": address, "clinic": _clinic()},
        "breadcrumb": {"page": page, "menu": _menu()},
        "byline": {"page": page, "authors": [_person()]},
        "card": {"url": "#card", "title": "A card", "text": "With a sentence.", "image": picture},
        "condition_card": {"condition": page},
        "condition_list": {"conditions": [page, page, page]},
        "directions": {"page": address},
        "head_of_page": {"page": page},
        "hero": {
            "title": "Dry needling",
            "text": page.composed_summary,
            "booking_url": "#",
            "image": picture,
        },
        "page_title": {"page": page, "text": "What we do."},
        "people_grid": {"people": [_person(), _person()]},
        "post_card": {"post": page},
        "post_grid": {"posts": [page, page, page]},
        "practice_facts": {"page": _person(), "places": [_place()]},
        "person_chip": {"person": _person(picture)},
        "practitioner_card": {"person": _person(picture), "is_full": True},
        "review_line": {"page": reviewed},
        "reviewer": {"person": _person()},
        "share": {"title": page.title, "url": page.full_url},
        "treatment_card": {"treatment": page},
        "treatment_grid": {"treatments": [page, page, page]},
        "visiting": {"page": address},
    }


def _section(number):
    value = {"kind": "overview", "heading": f"Part {number}", "body": WORDS}
    return Sample(id=f"sample-{number}", value=value)


def _text(picture):
    reference = Sample(
        formatted_authors="Sample A, Example B",
        title="A trial of something",
        container_title="Journal of Samples",
        source="2024;1(2):3-4",
        link="#source",
        study_type="randomised-trial",
        get_study_type_display="Randomised trial",
    )
    use = Sample(anchors=["cite-1-1"])
    section = _section(1)
    return {
        "callout": {"style": "urgent", "heading": "Call 911 if you cannot catch your breath", "text": WORDS},
        "figure": {"image": picture, "caption": "A treatment room."},
        "on_this_page": {"sections": [_section(number) for number in range(1, 6)]},
        "picture": {"image": picture, "shape": "card"},
        "quotation": {"text": "I could turn my head again.", "attribution": "A patient, with consent"},
        "receipt": {"text": "We will answer within one working day.", "phone": _phone()},
        "reference": {"number": 1, "reference": reference, "anchors": use.anchors},
        "references": {"references": [Sample(number=1, reference=reference, use=use)]},
        "section": {"id": section.id, "value": section.value},
        "section_head": {"id": "sample-head", "title": "Treatments", "text": "What we do."},
        "sections": {"sections": [section]},
        "urgent_first": {"id": section.id},
        "video": {"url": "#video", "title": "Neck stretches", "length": "2 minutes", "host": "vimeo"},
    }


def _lists():
    items = [{"title": "We talk first", "text": WORDS}, {"title": "We examine you", "text": WORDS}]
    questions = [{"question": "Does it hurt?", "answer": WORDS}]
    group = {"heading": "Arm", "items": ["Tennis elbow", "Carpal tunnel syndrome"]}
    row = {"label": "Where it comes from", "cells": ["Western anatomy", "Chinese medicine"]}
    columns = ["Dry needling", "Acupuncture"]
    return {
        "benefits": {"items": items, "is_numbered": True},
        "comparison": {"caption": "Two treatments", "columns": columns, "rows": [row, row]},
        "comparison_row": {**row, "columns": columns},
        "group": {"group": group},
        "grouped_list": {"groups": [group, group]},
        "pagination": {"pages": Paginator(range(30), 10).get_page(2)},
        "question": questions[0],
        "questions": {"items": questions},
        "steps": {"items": items},
        "tag": {"name": "Neck", "url": "#tag"},
        "tags": {"tags": [Sample(name="Neck", slug="neck")], "blog_url": "#", "chosen": "neck"},
        "titled_words": items[0],
    }
