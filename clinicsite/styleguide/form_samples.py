"""Made-up values for forms and search, as the styleguide shows them."""

from types import SimpleNamespace as Sample

from django import forms


def samples(place, phone):
    """Component name to the variables it is shown with, at a sample place with a sample phone."""
    return {**_forms(), **_search(place, phone)}


class _SampleForm(forms.Form):
    name = forms.CharField(label="Your name")
    message = forms.CharField(widget=forms.Textarea, help_text="Please do not send health details.")


def _forms():
    form = _SampleForm({})
    notice = {"clinic_name": "Sample Physiotherapy", "keep_text": "90 days", "privacy_url": "#privacy"}
    ways = [
        {"title": "Write to us", "url": "#write", "is_current": True},
        {"title": "Ask us to call you", "url": "#call-back", "is_current": False},
    ]
    chosen = {"tag": "neck", "author": "", "year": ""}
    blog_filter = Sample(
        tags=[Sample(name="Neck", slug="neck")], authors=[], years=[2026, 2025], chosen=chosen, is_active=True
    )
    return {
        "blog_filter": {"filter": blog_filter, "blog_url": "#"},
        "contact_form": {"form": form, "action": "#", **notice},
        "contact_ways": {"ways": ways},
        "error_summary": {"form": form},
        "field": {"field": form["message"]},
        "form_notice": notice,
    }


def _search(place, phone):
    marked, plain = Sample(text="Tennis elbow", is_marked=True), Sample(text=" hurts when you grip.")
    entry = Sample(title="Tennis elbow", url="#found", date=None)
    hit = Sample(entry=entry, title=[marked], other_name=[])
    shown = [Sample(hit=hit, place=None, extract=[marked, plain]), Sample(hit=hit, place=place)]
    group = Sample(name="conditions", heading="Conditions", hits=shown, total=7)
    group.counted, group.all_url = "7 conditions", "#all"
    wanted = Sample(typed="tenis elbow", corrected="tennis elbow", also=["lateral epicondylitis"])
    ways = {
        "map_url": "#where",
        "conditions_url": "#conditions",
        "treatments_url": "#treatments",
        "titles": ["Massage", "Sciatica", "Tennis elbow"],
    }
    call = Sample(text="Call 911", href="tel:911", icon="phone")
    urgent = Sample(name="sample", heading="If this is happening now, call 911", calls=[call])
    urgent.text = "Do not wait for a clinic to open or to answer."
    return {
        "help_now": {"help": urgent},
        "search_form": {"id": "sample-words", "label": "Search this site", "typed": "stiff neck"},
        "search_group": {"group": group},
        "search_help": {"help": ways, "phone": phone, "heading": "Or look here", "tries": True},
        "search_link": {"path": "/"},
        "search_note": {"found": Sample(total=7, is_partial=False, wanted=wanted)},
        "search_pieces": {"pieces": [marked, plain]},
        "search_result": {"hit": hit, "extract": [marked, plain]},
        "search_results": {"hits": shown},
    }
