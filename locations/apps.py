from django.apps import AppConfig


class LocationsConfig(AppConfig):
    name = "locations"
    verbose_name = "Locations and people"

    def ready(self):
        from clinicsite.clinics.profile_parts import register_part, register_summary, register_token_source
        from clinicsite.core.publishing import register_publishing_guard
        from locations import structured_data
        from locations.consistency import reasons_against
        from locations.places import cities_of, places_of, token_values

        register_part("places", places_of)
        register_summary("cities", cities_of)
        register_token_source(token_values)
        register_publishing_guard(reasons_against)
        structured_data.register()
