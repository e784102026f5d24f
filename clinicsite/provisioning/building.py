"""One clinic, made piece by piece: what is there is kept, what is missing is made, and each is said."""

from functools import partial

from wagtail.models import Site

from clinicsite.clinics.host_names import host_as_stored
from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.models import ClinicHost, ClinicSettings, NetworkPage, RetiredHost, SiteState
from clinicsite.home.models import ContactPage, FeaturedCondition, FeaturedTreatment, HomePage, StandardPage
from clinicsite.library.joining.adding import Offers
from clinicsite.library.models import ChosenPack, DeclinedPage
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    PractitionerIndexPage,
    PractitionerPage,
)
from clinicsite.locations.phones import VOICE
from clinicsite.modalities.models import ConditionPage, ModalityPage
from clinicsite.provisioning.agency import ensure_clinic
from clinicsite.provisioning.copying import Template
from clinicsite.provisioning.legal import LEGAL_PAGES, Ways, legal_page
from clinicsite.provisioning.opening import asks_for_live
from clinicsite.provisioning.pages import INDEX_PAGES, LivePages, contact_page, follower_of
from clinicsite.provisioning.people import ensure_login
from clinicsite.provisioning.pictures import Pictures
from clinicsite.provisioning.rich_text import rich_text
from clinicsite.provisioning.spec.drafts import Drafts, clinic_slug, slug_of
from clinicsite.provisioning.spec.following import Following
from clinicsite.provisioning.spec.groups import groups_named
from clinicsite.provisioning.spec.hosts import port_of


class ClinicBuilder:
    """Makes a clinic of drafts that are right, inside the caller's transaction."""

    def __init__(self, drafts: Drafts, network: NetworkPage, pictures: Pictures, by=None, template=None):
        self.drafts, self.spec = drafts, drafts.spec
        self.network, self.pictures, self.by = network, pictures, by
        self.made: list[str] = []
        self.kept: list[str] = []
        self.notes: list[str] = []
        self.invited: list = []
        self.template = Template(template) if template is not None else None
        self.pages = LivePages(by)
        self.is_new = False

    def build(self) -> None:
        """Conditions before treatments before places before people: each refers back."""
        self._home()
        self._site()
        self._hosts()
        self.groups, self.collection = ensure_clinic(self.site, self._say)
        self._groups()
        self._settings()
        self._indexes()
        self._followers()
        self._locations()
        self._people()
        self._plain_pages()
        if self.is_new and self.template is not None:
            self._words_of_template()
        if self.is_new:
            self._front()
        self.pages.finish()
        self._logins()

    def _say(self, sentence):
        self.made.append(sentence)

    def _add(self, parent, page, what):
        self.pages.add(parent, page)
        self._say(f"Made {what} “{page.title}”.")
        return page

    def _keep(self, what, page):
        self.kept.append(f"Kept {what} “{page.title}”.")
        return page

    def _picture(self, spec):
        return self.pictures.row(spec, self.collection)

    def _home(self):
        found = HomePage.objects.child_of(self.network).filter(slug=clinic_slug(self.spec)).first()
        self.is_new = found is None
        self.home = self._keep("the front page", found) if found else self._new_home()

    def _new_home(self):
        # It is finished, and gets its first revision, once the pages that it features are there.
        self.drafts.home.owner = self.by
        self.network.add_child(instance=self.drafts.home)
        self._say(f"Made the front page “{self.drafts.home.title}”.")
        return self.drafts.home

    def _site(self):
        self.site = Site.objects.filter(root_page=self.home).first()
        if self.site is not None:
            self.kept.append(f"Kept the site on {self.site.hostname}.")
            return
        host = host_as_stored(self.spec.host)
        self.site = Site.objects.create(
            hostname=host, port=port_of(host, self.spec.port), site_name=self.spec.name, root_page=self.home
        )
        RetiredHost.objects.filter(host=host.lower()).delete()
        self._say(f"Made the site on {host}, port {self.site.port}.")

    def _hosts(self):
        known = hosts_of(self.site)
        for host in map(host_as_stored, self.spec.hosts):
            if host in known:
                self.kept.append(f"Kept {host}, which leads to {self.site.hostname}.")
            else:
                ClinicHost.objects.create(site=self.site, name=host)
                self._say(f"Made {host} lead to {self.site.hostname}.")

    def _groups(self):
        for group in groups_named(self.spec.groups):
            if group.sites.filter(pk=self.site.pk).exists():
                self.kept.append(f"Kept the clinic in the group “{group.name}”.")
                continue
            group.sites.add(self.site)
            self._say(f"Put the clinic into the group “{group.name}”.")

    def _settings(self):
        if ClinicSettings.objects.filter(site=self.site).exists():
            self.kept.append("Kept what the clinic says about itself.")
            return
        settings = self.drafts.settings
        settings.site = self.site
        if asks_for_live(self.spec):
            # It is opened once it is there, through its launch checklist.
            settings.state = SiteState.DRAFT
        if self.template is not None:
            self.template.give_settings(settings)
        settings.logo = self._picture(self.spec.brand.logo)
        settings.favicon = self._picture(self.spec.brand.favicon)
        settings.save()
        self._say("Made what the clinic says about itself.")

    def _indexes(self):
        self.indexes = {}
        for model, title, slug, introduction in INDEX_PAGES:
            found = model.objects.child_of(self.home).first()
            page = model(title=title, slug=slug, introduction=introduction, show_in_menus=True)
            what = f"the {model._meta.verbose_name}"
            self.indexes[model] = self._keep(what, found) if found else self._add(self.home, page, what)

    def _followers(self):
        following = Following(self.spec)
        self.notes += following.notes
        places = Offers(self.site).places
        declined = set(DeclinedPage.objects.filter(site=self.site).values_list("library_page_id", flat=True))
        self.followers: dict[tuple[type, str], object] = {}
        for source in following.pages:
            self._follower(source, places[type(source)], declined)
        if following.pack is not None and not hasattr(self.site, "clinicsite_chosen_pack"):
            ChosenPack.objects.create(
                site=self.site,
                pack=following.pack,
                takes_new_pages=self.spec.takes_new_pages,
                brought=sorted(page.pk for page in following.pages),
            )

    def _follower(self, source, place, declined):
        model = type(source)
        found = model.objects.descendant_of(self.home).filter(library_page=source).first()
        what = f"the {model._meta.verbose_name}"
        if found is not None:
            page = self._keep(what, found)
        elif source.pk in declined:
            self.kept.append(
                f"Left out the {model._meta.verbose_name} “{source.title}”: the clinic declined it."
            )
            return
        elif place.parent is None:
            self.notes.append(f"“{source.title}” was left out. {place.missing}")
            return
        else:
            page = self._add(place.parent, follower_of(source, place.parent), what)
        self.followers[model, source.slug] = page

    def _targets(self):
        words = {ModalityPage: "treatment", ConditionPage: "condition"}
        return {
            (words[model], slug): page.pk for (model, slug), page in self.followers.items() if model in words
        }

    def _treatments(self, slugs=None):
        """The clinic's pages for these treatments, or for all it follows."""
        own = {slug: page for (model, slug), page in self.followers.items() if model is ModalityPage}
        return [own[slug] for slug in (own if slugs is None else slugs) if slug in own]

    def _locations(self):
        self.places = {}
        parent = self.indexes[LocationIndexPage]
        is_first = not LocationPage.objects.child_of(parent).exists()
        for part, page in zip(self.spec.locations, self.drafts.locations, strict=True):
            found = LocationPage.objects.child_of(parent).filter(slug=slug_of(part)).first()
            page.is_primary = page.is_primary and is_first
            page.access_notes = rich_text(part.access, self._targets())
            page.picture = self._picture(part.picture) if not found else None
            page.modalities = self._treatments(part.treatments)
            add = partial(self._add, parent, page, "the location")
            self.places[slug_of(part)] = self._keep("the location", found) if found else add()

    def _people(self):
        parent = self.indexes[PractitionerIndexPage]
        for part, page in zip(self.spec.people, self.drafts.people, strict=True):
            found = PractitionerPage.objects.child_of(parent).filter(slug=slug_of(part)).first()
            if found is not None:
                self._keep("the page of", found)
                continue
            named = self.places if part.locations is None else part.locations
            page.biography = rich_text(part.biography, self._targets())
            page.portrait = self._picture(part.portrait)
            page.locations = [self.places[slug] for slug in named]
            page.modalities = self._treatments(part.treatments)
            self._add(parent, page, "the page of")

    def _plain_pages(self):
        """The contact page, and those that every website owes its readers."""
        found = ContactPage.objects.child_of(self.home).first()
        if found is not None:
            self._keep("the contact page", found)
        else:
            self._add(self.home, contact_page(), "the contact page")
        for slug in LEGAL_PAGES:
            page = StandardPage.objects.child_of(self.home).filter(slug=slug).first()
            if page is not None:
                self._keep("the page", page)
            else:
                self._add(self.home, legal_page(slug, self._ways()), "the page")

    def _words_of_template(self):
        """What the clinic that this one is made after says of its own."""
        for page in self.followers.values():
            if self.template.give_words(page):
                self._say(f"Copied own words to “{page.title}”.")
        taken = set(self.home.get_children().values_list("slug", flat=True))
        for page in self.template.plain_pages():
            if page.slug not in taken:
                self._add(self.home, page, "the page")
        self.template.give_front(self.home)
        self.notes += self.template.notes

    def _ways(self):
        phones = [phone.number.text for place in self.drafts.locations for phone in _answered(place)]
        return Ways(self.spec.name, self.spec.email, next(iter(phones), ""))

    def _front(self):
        """The front page, with what it features, goes live as its first revision."""
        front = self.spec.front
        self.home.hero_image = self._picture(front.picture)
        if front.introduction or self.template is None:
            self.home.introduction = rich_text(front.introduction, self._targets())
        for model, kind, slugs in (
            (FeaturedTreatment, ModalityPage, front.treatments),
            (FeaturedCondition, ConditionPage, front.conditions),
        ):
            pages = [self.followers[kind, slug] for slug in slugs if (kind, slug) in self.followers]
            name = model._meta.get_field("home").remote_field.related_name
            setattr(self.home, name, [model(page=page) for page in pages])
        revision = self.home.save_revision(user=self.by)
        revision.publish(user=self.by, skip_permission_checks=True)

    def _logins(self):
        named = [self.spec.owner] if self.spec.owner else []
        for login in (*named, *self.spec.logins):
            group = self.groups.of(login.role)
            names = {"first_name": login.first_name, "last_name": login.last_name}
            person, is_new, had_role = ensure_login(login.email, group, **names)
            if had_role:
                self.kept.append(f"Kept {login.email} as {login.role}.")
            else:
                self._say(f"Made {'a login for ' if is_new else ''}{login.email} {login.role} of the clinic.")
                self.invited.append(person)


def _answered(place):
    """A location's numbers that a voice answers, the main one first."""
    voiced = [phone for phone in place.phones.all() if phone.label in VOICE]
    return sorted(voiced, key=lambda phone: not phone.is_primary)
