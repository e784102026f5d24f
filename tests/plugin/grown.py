"""A project that has grown: apps and page types with the names that ours have too, and models of its own."""

SETTINGS = """
INSTALLED_APPS = ["core", "library", *INSTALLED_APPS]
AUTH_USER_MODEL = "core.User"
WAGTAILIMAGES_IMAGE_MODEL = "library.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "library.CustomDocument"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS += ["wagtail.locales", "wagtail.contrib.simple_translation", "wagtail.contrib.settings"]
WAGTAIL_I18N_ENABLED = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
LANGUAGE_CODE = "en"
MIDDLEWARE.insert(2, "django.middleware.locale.LocaleMiddleware")
MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
CACHE_MIDDLEWARE_SECONDS = 0
"""

FILES = {
    "agency/urls.py": """
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path
from search import views as search_views
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

shop = ([path("", lambda request: HttpResponse("Our shop"), name="index")], "shop")
urlpatterns = [
    path("django-admin/", admin.site.urls),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("shop/", include(shop, namespace="library")),
]
urlpatterns += i18n_patterns(
    path("search/", search_views.search, name="search"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
""",
    "core/__init__.py": "",
    "core/models.py": """
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class People(BaseUserManager):
    def create_superuser(self, email, password):
        person = self.model(email=email, is_superuser=True, is_staff=True)
        person.set_password(password)
        person.save()
        return person


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=50, blank=True)
    last_name = models.CharField(max_length=50, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    objects = People()
    USERNAME_FIELD = "email"
""",
    "library/__init__.py": "",
    "library/models.py": """
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, StructBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page, Site
from wagtail.snippets.models import register_snippet


class CustomImage(AbstractImage):
    photographer = models.CharField(max_length=100, blank=True)
    admin_form_fields = ("title", "file", "photographer")


class Rendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class CustomDocument(AbstractDocument):
    admin_form_fields = ("title", "file")


class BlogPage(Page):
    body = StreamField([("word", StructBlock([("one", CharBlock())]))], blank=True)
    picture = models.ForeignKey(CustomImage, null=True, blank=True, on_delete=models.SET_NULL)
    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("picture")]
    template = "home/home_page.html"


class LocationPage(Page):
    template = "home/home_page.html"


@register_setting
class Opening(BaseSiteSetting):
    words = models.CharField(max_length=50, blank=True)


@register_snippet
class Notice(models.Model):
    text = models.CharField(max_length=50)
    site = models.ForeignKey(Site, on_delete=models.CASCADE)


class ClinicSettings(BaseSiteSetting):
    tagline = models.CharField(max_length=50, blank=True)
""",
}

#: Fills the project; its words must be the same after the product has come and gone.
ROWS = """
from django.contrib.auth.models import Group, Permission
from core.models import User
from library.models import BlogPage, ClinicSettings, CustomImage, LocationPage, Notice
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow

home = Page.objects.get(slug="home", depth=2)
picture = CustomImage.objects.create(title="Gate", file=get_test_image_file(), photographer="A. Neighbour")
news = BlogPage(title="News", slug="news", body=[("word", {"one": "Hello"})], picture=picture)
home.add_child(instance=news)
home.add_child(instance=LocationPage(title="Where we are", slug="where"))
french = Locale.objects.get_or_create(language_code="fr")[0]
home.copy_for_translation(french).save_revision().publish()
site = Site.objects.get()
branch = Page.get_first_root_node().add_child(instance=LocationPage(title="Branch", slug="branch"))
Site.objects.create(hostname="branch.agency.example", site_name="Branch", root_page=branch)
news.save_revision()
news.refresh_from_db()
Workflow.objects.get(name="Moderators approval").start(news, None)
Notice.objects.create(text="Closed on Monday", site=site)
ClinicSettings.objects.create(site=site, tagline="An agency")
person = User(email="editor@agency.example")
person.set_password("x")
person.save()
person.groups.add(Group.objects.get(name="Editors"))
person.groups.get().permissions.add(Permission.objects.get(codename="change_opening"))
named = Group.objects.create(name="Library editors")
named.permissions.add(Permission.objects.get(codename="access_admin"))
User.objects.create_superuser("boss@agency.example", "x")
"""

#: Prints every row of every table that is not the product's, but for what changes by looking, and what
#: Django and the search keep of all apps.
EVERY_ROW = """
from django.apps import apps
from django.db import connection
LEFT_OUT_FIELDS = {"last_login", "title_norm"}
LEFT_OUT = {"django_migrations", "django_content_type", "auth_permission", "django_session"}
LEFT_OUT.add("wagtailadmin_editingsession")
for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
    table = model._meta.db_table
    if not table.startswith("clinicsite_") and table not in LEFT_OUT:
        fields = [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT_FIELDS]
        columns = [field.attname for field in fields]
        for row in model._base_manager.order_by("pk").values_list(*columns):
            print(table, row)
"""


def project(start_project):
    """Such a project, migrated and filled."""
    made = start_project(FILES, SETTINGS)
    # The image model stands in a second migration: "the first of that app" would not have it.
    made.manage("makemigrations", "core")
    made.manage("makemigrations", "library", "--empty", "-n", "beginning")
    made.manage("makemigrations", "library")
    made.migrate()
    made.ask(ROWS)
    made.has_grown = True
    return made
