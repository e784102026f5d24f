"""What patients fill in, for the tests of the contact page."""

from clinicsite.clinics.models import ClinicSettings
from clinicsite.home.contact import stamps

MESSAGE = {
    "name": "Jo Example",
    "email": "jo@patients.example",
    "phone": "",
    "message": "Do you have evening appointments?",
}
CALL_BACK = {"name": "Jo Example", "phone": "416 555 0123", "preferred_time": "Mornings"}
CONSULTATION = {
    "name": "Jo Example",
    "email": "jo@patients.example",
    "phone": "",
    "preferred_time": "Mornings",
}


def stamp_of(page):
    """The stamp of a form that somebody has taken their time with."""
    return stamps.for_sending_again(page.pk).text


def offer_consultation(clinic, words="free 10-minute phone consultation"):
    """Have a clinic offer a free consultation."""
    chosen = ClinicSettings.objects.get(site=clinic.site)
    chosen.free_consultation = words
    chosen.save()
