import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from clinicsite.clinics.models import ClinicSettings


def address_of(clinic):
    return f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"


def form_of(clinic, **changes):
    settings = ClinicSettings.objects.get(site=clinic.site)
    names = [
        "name",
        "legal_name",
        "tagline",
        "kind",
        "jurisdiction",
        "language",
        "time_zone",
        "email",
        "booking_url",
    ]
    names += ["free_consultation", "announcement", "brand_primary", "brand_accent", "font_pair", "state"]
    names += ["mood", "opening", "posts_below"]
    fields = {name: getattr(settings, name) for name in names}
    fields |= {"announcement_from": "", "announcement_until": "", "logo": "", "favicon": ""}
    fields |= {"insurers": inline_formset([]), "social_links": inline_formset([])}
    return nested_form_data(fields | changes)


def test_an_owner_changes_the_own_clinics_settings(clinic, owner, admin_client_of):
    browser = admin_client_of(owner)
    assert browser.get(address_of(clinic)).status_code == 200
    response = browser.post(address_of(clinic), form_of(clinic, tagline="Gentle and clear"))
    assert response.status_code == 302
    assert ClinicSettings.objects.get(site=clinic.site).tagline == "Gentle and clear"


def test_an_owner_chooses_mood_and_opening_apart_from_the_fonts(clinic, owner, admin_client_of):
    browser = admin_client_of(owner)
    browser.post(address_of(clinic), form_of(clinic, mood="warm", opening="arch"))
    changed = ClinicSettings.objects.get(site=clinic.site)
    assert (changed.mood, changed.opening, changed.font_pair) == ("warm", "arch", "figtree")


def test_insurers_are_saved_with_the_settings(clinic, owner, admin_client_of):
    data = form_of(clinic, insurers=inline_formset([{"name": "Maple Shield"}, {"name": "Lakeside Mutual"}]))
    assert admin_client_of(owner).post(address_of(clinic), data).status_code == 302
    settings = ClinicSettings.objects.get(site=clinic.site)
    assert [insurer.name for insurer in settings.insurers.all()] == ["Maple Shield", "Lakeside Mutual"]


def assert_cannot_change(browser, clinic):
    before = ClinicSettings.objects.get(site=clinic.site)
    for response in (
        browser.get(address_of(clinic)),
        browser.post(address_of(clinic), form_of(clinic, tagline="Ours")),
    ):
        assert response.status_code in (302, 403, 404)
        assert before.name not in response.content.decode()
    after = ClinicSettings.objects.get(site=clinic.site)
    assert (after.tagline, after.version) == (before.tagline, before.version)


def test_an_editor_cannot_change_the_settings(clinic, editor, admin_client_of):
    assert_cannot_change(admin_client_of(editor), clinic)


def test_an_owner_cannot_change_another_clinics_settings(clinic, other_clinic, owner, admin_client_of):
    assert_cannot_change(admin_client_of(owner), other_clinic)


def test_the_settings_screen_names_no_other_clinic(clinic, other_clinic, owner, admin_client_of):
    shown = admin_client_of(owner).get(address_of(clinic)).content.decode()
    assert "South" not in shown
    assert "south.localhost" not in shown


def test_the_menus_link_leads_an_owner_to_the_own_clinics_settings(
    clinic, other_clinic, owner, admin_client_of
):
    response = admin_client_of(owner).get("/admin/settings/clinicsite_clinics/clinicsettings/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == address_of(clinic)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("brand_primary", "#ffd700", "has a contrast of 1.40 to 1 with white; text needs at least 4.5 to 1"),
        (
            "brand_accent",
            "#ffffff",
            "has a contrast of 1.00 to 1 with white; borders and icons need at least 3.0",
        ),
        ("brand_primary", "teal", "Write the colour as # and six digits"),
        ("time_zone", "Canada/Nowhere", "“Canada/Nowhere” is not a time zone"),
        ("email", "not-an-address", "Enter a valid email address"),
        ("booking_url", "javascript:alert(1)", "Enter a valid URL"),
    ],
)
def test_a_wrong_setting_is_refused_at_its_field_with_what_to_do(
    clinic, owner, admin_client_of, field, value, message
):
    before = getattr(ClinicSettings.objects.get(site=clinic.site), field)
    response = admin_client_of(owner).post(address_of(clinic), form_of(clinic, **{field: value}))
    assert response.status_code == 200
    assert message in response.context["form"].errors[field][0]
    assert getattr(ClinicSettings.objects.get(site=clinic.site), field) == before


def test_an_announcement_that_ends_before_it_begins_is_refused_at_its_end(clinic, owner, admin_client_of):
    data = form_of(clinic, announcement_from="2026-02-02 09:00", announcement_until="2026-02-01 09:00")
    response = admin_client_of(owner).post(address_of(clinic), data)
    assert response.status_code == 200
    assert response.context["form"].errors["announcement_until"] == [
        "The announcement must end after it begins."
    ]


def test_the_settings_can_be_previewed(clinic, owner, admin_client_of):
    browser = admin_client_of(owner)
    address = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/preview/"
    assert browser.post(address, form_of(clinic, tagline="Only a thought")).json()["is_valid"]
    shown = browser.get(address).content.decode()
    assert "Only a thought" in shown
    assert ClinicSettings.objects.get(site=clinic.site).tagline == ""
