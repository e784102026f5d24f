from django.apps import AppConfig


class LocationsConfig(AppConfig):
    name = "clinicsite.locations"
    label = "clinicsite_locations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Locations and people"

    def ready(self):
        from clinicsite.clinics.profile_parts import register_part, register_summary, register_token_source
        from clinicsite.core.page_reading import register_clock
        from clinicsite.core.publishing import register_publishing_guard
        from clinicsite.core.rendering import register_people_finder
        from clinicsite.core.rich_text.numbers import register_number_addresses
        from clinicsite.locations import launch_checks, structured_data
        from clinicsite.locations.consistency import reasons_against
        from clinicsite.locations.own_numbers import address_of
        from clinicsite.locations.places import cities_of, next_hours, places_of, token_values
        from clinicsite.locations.rich_text import people_shown

        register_part("places", places_of)
        register_summary("cities", cities_of)
        register_token_source(token_values)
        register_publishing_guard(reasons_against)
        register_number_addresses(address_of)
        register_people_finder(people_shown)
        register_clock(next_hours)
        launch_checks.register()
        structured_data.register()
