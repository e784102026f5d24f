from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home, blog and contact"

    def ready(self):
        from clinicsite.clinics.profile_parts import register_part
        from home import structured_data
        from home.contact.ways import addresses_of
        from home.found import blog_of

        register_part("blog", blog_of)
        register_part("contact", addresses_of)
        structured_data.register()
