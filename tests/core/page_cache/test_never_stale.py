"""Whatever is done, by whomever: each address that is kept reads as one that is rendered anew.

`STEPS=500 pytest tests/core/page_cache/test_never_stale.py` takes more steps, `SEED=7` other ones, and
`COMPARED=100` compares more addresses after each.
"""

import difflib
import os
import random
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.wsgi import get_wsgi_application
from wagtail.models import PageViewRestriction, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.models.settings import SiteState
from clinicsite.core.page_cache.changes import changing
from clinicsite.home.models import BlogPage, StandardPage
from clinicsite.library.models import SectionOverride
from clinicsite.locations.models import LocationPage, OpeningHours, PractitionerPage, SpecialHours
from clinicsite.modalities.models import ModalityPage
from tests.core.page_cache.conftest import ask
from tests.factories.blog import BlogPageFactory
from tests.factories.everything import Everything
from tests.factories.media import ImageFactory
from tests.factories.modalities import ModalityPageFactory
from tests.factories.sections import section

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = int(os.environ.get("STEPS", "20"))
MOST_COMPARED = int(os.environ.get("COMPARED", "6"))
SEED = int(os.environ.get("SEED", "1"))
#: A Tuesday noon in Toronto.
BEGIN = datetime(2026, 6, 2, 16, 0, tzinfo=UTC)


class Deeds:
    """What clinics, the library and the agency do, by a die."""

    def __init__(self, die, clinics, library_page):
        self.die = die
        self.clinics = clinics
        self.library_page = library_page
        self.number = 0

    def do(self):
        """One deed; its name."""
        self.number += 1
        name = self.die.choice([name for name in dir(type(self)) if name.startswith("may_")])
        getattr(self, name)()
        return name

    @property
    def word(self):
        return f"word{self.number}"

    def one(self, model, **more):
        home = self.die.choice(self.clinics).home
        found = list(model.objects.descendant_of(home).filter(**more).order_by("pk"))
        return self.die.choice(found) if found else None

    def may_publish_a_page(self):
        page = self.one(
            self.die.choice([ModalityPage, BlogPage, StandardPage, LocationPage, PractitionerPage])
        )
        if page is not None:
            page.title = f"{page.title[:20]} {self.word}"
            page.save_revision().publish()

    def may_save_a_draft(self):
        page = self.one(BlogPage)
        if page is not None:
            page.title = self.word
            page.save_revision()

    def may_write_a_post(self):
        blog = BlogPage.objects.descendant_of(self.die.choice(self.clinics).home).first().get_parent()
        post = BlogPageFactory(parent=blog, title=f"Post {self.word}")
        post.tags.add(self.word)
        post.save_revision().publish()

    def may_unpublish(self):
        page = self.one(BlogPage, live=True)
        if page is not None and page.get_siblings().type(BlogPage).live().count() > 1:
            page.unpublish()

    def may_delete(self):
        page = self.one(BlogPage)
        if page is not None and page.get_siblings().type(BlogPage).count() > 2:
            page.delete()

    def may_rename_an_address(self):
        page = self.one(StandardPage)
        if page is not None:
            page.slug = self.word
            page.save_revision().publish()

    def may_close_a_page(self):
        page = self.one(StandardPage)
        if page is not None:
            PageViewRestriction.objects.filter(page=page).delete()
            if self.die.random() < 0.5:
                PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")

    def may_change_settings(self):
        chosen = ClinicSettings.objects.get(site=self.die.choice(self.clinics).site)
        chosen.tagline = self.word
        chosen.brand_primary = self.die.choice(["#7a1f3d", "#123456", "#0b5d3b"])
        chosen.save()

    def may_announce(self):
        chosen = ClinicSettings.objects.get(site=self.die.choice(self.clinics).site)
        now = datetime.now(UTC)
        chosen.announcement = self.word
        chosen.announcement_from = now + timedelta(hours=self.die.randint(-2, 3))
        chosen.announcement_until = chosen.announcement_from + timedelta(hours=self.die.randint(1, 5))
        chosen.save()

    def may_close_a_site(self):
        chosen = ClinicSettings.objects.get(site=self.die.choice(self.clinics).site)
        chosen.state = self.die.choice([SiteState.LIVE, SiteState.LIVE, SiteState.DRAFT])
        chosen.save()

    def may_change_hours(self):
        hours = list(OpeningHours.objects.order_by("pk"))
        row = self.die.choice(hours)
        row.closes = datetime(2026, 1, 1, self.die.randint(13, 20), self.die.choice([0, 30])).time()
        row.save()

    def may_close_a_day(self):
        place = self.one(LocationPage)
        if place is not None:
            day = datetime.now(UTC).date() + timedelta(days=self.die.randint(0, 9))
            SpecialHours.objects.filter(location=place).delete()
            SpecialHours.objects.create(location=place, name=self.word, first_date=day, last_date=day)

    def may_update_quietly(self):
        PractitionerPage.objects.update(summary=self.word)

    def may_update_knowingly(self):
        clinic = self.die.choice(self.clinics)
        with changing([f"site:{clinic.site.pk}"], ClinicSettings._meta.db_table):
            ClinicSettings.objects.filter(site=clinic.site).update(tagline=self.word, version=self.word)

    def may_publish_in_the_library(self):
        page = ModalityPage.objects.get(pk=self.library_page.pk)
        page.summary = self.word
        page.sections = [section(f"What it is {self.word}", key="what"), *page.sections.raw_data[1:]]
        page.save_revision().publish()

    def may_override(self):
        follower = self.one(ModalityPage, library_page__isnull=False)
        block = ModalityPage.objects.get(pk=self.library_page.pk).sections.raw_data[0]
        if follower is not None:
            SectionOverride.objects.filter(page=follower).delete()
            SectionOverride.objects.create(
                page=follower, section_id=block["id"], action="hide", reason=self.word
            )

    def may_change_a_picture(self):
        post = self.one(BlogPage)
        if post is not None:
            clinic = next(one for one in self.clinics if post.path.startswith(one.home.path))
            post.hero_image = ImageFactory(collection=clinic.collection, description=self.word)
            post.save_revision().publish()

    def may_describe_a_picture_otherwise(self):
        post = self.one(BlogPage, hero_image__isnull=False)
        if post is not None:
            post.hero_image.description = self.word
            post.hero_image.save()

    def may_move_a_host(self):
        site = Site.objects.get(pk=self.die.choice(self.clinics).site.pk)
        site.site_name = self.word
        site.save()

    def may_wait(self):
        self.clock.shift(timedelta(minutes=self.die.choice([1, 20, 61, 300, 1440])))


OF_THE_CACHE = {"Content-Length", "ETag", "Cache-Control", "Vary", "X-Clinicsite-Cache"}


#: When a page was rendered: by it the script knows that it has to look at the clock itself.
PRINTED_AT = re.compile(r'"printedAt": \d+')


def text_of(got):
    return PRINTED_AT.sub("", got.body.decode())


def as_read(got):
    """What a browser is given, without what says how it was kept."""
    return (
        got.status,
        text_of(got),
        {name: value for name, value in got.headers.items() if name not in OF_THE_CACHE},
    )


def test_every_address_reads_as_one_rendered_anew(clinic, other_clinic, library, kept_pages):
    clinics = [clinic, other_clinic]
    library_page = ModalityPageFactory(
        parent=library, sections=[section("What it is", key="what"), section("Risks", key="risks")]
    )
    for one in clinics:
        everything = Everything(one, several=2)
        ModalityPageFactory(
            parent=everything.pages[ModalityPage].get_parent(), library_page=library_page, slug="followed"
        )
    plain = get_wsgi_application()
    die = random.Random(SEED)
    deeds = Deeds(die, clinics, library_page)
    compared = 0
    with time_machine.travel(BEGIN, tick=False) as deeds.clock:
        for _step in range(STEPS):
            for host, path in addresses(die, clinics):
                ask(kept_pages, path, host=host)
            done = deeds.do()
            standing = sorted(kept_pages.standing())
            for host, path in die.sample(standing, min(MOST_COMPARED, len(standing))):
                kept = ask(kept_pages, path, host=host)
                assert kept.state == "hit"
                fresh = ask(plain, path, host=host)
                assert lines_apart(kept, fresh) == [], (done, host, path)
                assert as_read(kept) == as_read(fresh), (done, host, path)
                compared += 1
    # Most deeds are one clinic's, and leave the other's pages where they are.
    assert compared > STEPS / 2


def lines_apart(kept, fresh):
    """What only one of the two says."""
    both = text_of(kept).splitlines(), text_of(fresh).splitlines()
    return [line for line in difflib.ndiff(*both) if line[0] in "+-"] if both[0] != both[1] else []


def addresses(die, clinics):
    """The front page of each clinic, and some other page."""
    for one in clinics:
        pages = one.home.get_descendants().order_by("path")
        yield one.site.hostname, "/"
        for page in die.sample(list(pages), 2):
            yield one.site.hostname, page.get_url_parts()[2]
