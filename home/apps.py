from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home, blog and contact"

    def ready(self):
        from clinicsite.clinics.profile_parts import register_part
        from home import structured_data
        from home.blog import structured_data as blog_structured_data
        from home.blog.addresses import blog_of
        from home.contact.addresses import addresses_of

        register_part("blog", blog_of)
        register_part("contact", addresses_of)
        structured_data.register()
        blog_structured_data.register()
