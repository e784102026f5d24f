"""Several hosts of a clinic: one is its own, the others lead there, and each is checked."""

import socket
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, Site

from clinicsite.clinics import host_checks, hosts
from clinicsite.clinics.host_names import as_read, counterpart_of, host_in
from clinicsite.clinics.models import ClinicHost, HostCheck, HostState, SiteState
from clinicsite.clinics.roles import ensure_agency_groups
from tests.factories import LocationIndexPageFactory, LocationPageFactory, UserFactory

pytestmark = pytest.mark.django_db

OTHER = "www.north.example"


@pytest.fixture
def www(clinic):
    return ClinicHost.objects.create(site=clinic.site, name=OTHER)


@pytest.fixture
def administrator(clinic, library):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def agency(administrator, admin_client_of):
    return admin_client_of(administrator)


def address_of(clinic):
    return f"/admin/clinicsite/addresses/{clinic.site.pk}/"


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


class TestLeading:
    def test_to_the_same_path_with_the_same_query(self, www):
        answer = Client(HTTP_HOST=OTHER).get("/treatments/d%C3%A9j%C3%A0/?q=a%20b&page=2")
        assert answer.status_code == 301
        assert answer["Location"] == "http://north.localhost/treatments/d%C3%A9j%C3%A0/?q=a%20b&page=2"
        assert answer["Cache-Control"] == "public, max-age=600"

    def test_asking_for_the_head_alone_is_led_too(self, www):
        assert Client(HTTP_HOST=OTHER).head("/").status_code == 301

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_what_is_sent_is_sent_on_as_it_was(self, www, method):
        answer = getattr(Client(HTTP_HOST=OTHER), method)("/contact/")
        assert (answer.status_code, answer["Location"]) == (308, "http://north.localhost/contact/")

    @pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/%0d%0aSet-Cookie:a=b"])
    def test_to_no_other_host_by_any_path(self, www, path):
        answer = Client(HTTP_HOST=OTHER).get(f"http://{OTHER}{path}")
        assert urlsplit(answer["Location"]).hostname == "north.localhost"
        assert "\n" not in answer["Location"]

    def test_in_capitals_and_on_any_port(self, www):
        for host in ("WWW.North.example", f"{OTHER}:8443"):
            assert Client(HTTP_HOST=host).get("/").status_code == 301

    def test_a_host_of_nobody_is_not_found_as_ever(self, www):
        assert Client(HTTP_HOST="nobody.example").get("/").status_code == 404

    def test_costs_one_query_more_than_finding_that_no_site_is_there(self, www, django_assert_num_queries):
        # Which clinics have closed is read at the first request, and kept.
        Client(HTTP_HOST=OTHER).get("/")
        with django_assert_num_queries(2):
            Client(HTTP_HOST=OTHER).get("/")

    def test_a_projects_own_host_is_left_alone(self, settings, clinic, www):
        settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
        root = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
        Site.objects.create(hostname=OTHER, root_page=root)
        assert Client(HTTP_HOST=OTHER).get("/").status_code != 301

    def test_during_maintenance_the_clinic_is_named(self, settings, clinic, www):
        settings.CLINICSITE = settings.CLINICSITE | {"MAINTENANCE": True}
        answer = Client(HTTP_HOST=OTHER).get("/")
        assert (answer.status_code, "North Clinic" in answer.text) == (503, True)


class TestMoving:
    def test_the_old_host_leads_to_the_new_one_by_itself(self, clinic):
        clinic.site.hostname = "north.example"
        clinic.site.save()
        assert hosts.hosts_of(clinic.site) == ["north.example", "north.localhost"]
        answer = Client(HTTP_HOST="north.localhost").get("/team/?a=1")
        assert (answer.status_code, answer["Location"]) == (301, "http://north.example/team/?a=1")

    def test_there_and_back_leaves_one_of_each(self, clinic):
        for name in ("north.example", "north.localhost", "north.example"):
            clinic.site.hostname = name
            clinic.site.save()
        assert hosts.hosts_of(clinic.site) == ["north.example", "north.localhost"]

    def test_a_site_of_the_projects_leaves_nothing_behind(self):
        root = Page.get_first_root_node().add_child(instance=Page(title="Ours", slug="ours"))
        site = Site.objects.create(hostname="ours.example", root_page=root)
        site.hostname = "ours-too.example"
        site.save()
        assert not ClinicHost.objects.exists()

    def test_saving_a_site_without_moving_it_leaves_nothing_behind(self, clinic):
        clinic.site.save()
        assert not ClinicHost.objects.exists()

    def test_a_host_that_leads_to_another_clinic_is_refused_on_wagtails_screen(
        self, www, other_clinic, agency
    ):
        data = {"hostname": OTHER, "port": 80, "site_name": "South", "root_page": other_clinic.home.pk}
        answer = agency.post(reverse("wagtailsites:edit", args=[other_clinic.site.pk]), data)
        assert "www.north.example leads to “North Clinic”." in answer.text
        assert not Site.objects.filter(hostname=OTHER).exists()


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("north.example", "north.example"),
            (" WWW.North.Example. ", "www.north.example"),
            ("https://www.north.example/", "www.north.example"),
            ("HTTP://north.example:80", "north.example"),
            ("north.example:443", "north.example"),
            ("münchen.example", "xn--mnchen-3ya.example"),
            ("https://Québec.example/", "xn--qubec-csa.example"),
        ],
    )
    def test_is_understood(self, typed, meant):
        assert host_in(typed) == meant

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("", "no name of a host"),
            ("north", "no name of a host"),
            ("north example", "no name of a host"),
            ("*.north.example", "no name of a host"),
            ("desk@north.example", "no name of a host"),
            ("https://user:word@north.example/", "no name of a host"),
            ("north_clinic.example", "no name of a host"),
            ("a" * 64 + ".example", "no name of a host"),
            ("203.0.113.9", "an address in numbers"),
            ("ftp://north.example", "Leave out what stands before the name: north.example."),
            ("north.example/contact", "Leave out the path"),
            ("north.example?a=b", "Leave out the path"),
            ("north.example:8000", "Leave out the port"),
            ("localhost", "no name of a host"),
        ],
    )
    def test_or_refused_in_words(self, typed, why):
        with pytest.raises(ValidationError, match=why):
            host_in(typed)

    def test_hosts_of_the_agency_are_nobodys(self, settings):
        settings.CLINICSITE = settings.CLINICSITE | {"AGENCY_HOST": "clinics.example"}
        settings.WAGTAILADMIN_BASE_URL = "https://admin.clinics.example"
        settings.MEDIA_URL = "https://media.clinics.example/"
        for name in ("clinics.example", "admin.clinics.example", "Media.clinics.example"):
            with pytest.raises(ValidationError, match="the agency’s own host"):
                host_in(name)

    def test_people_read_letters_and_not_their_code(self):
        assert as_read("xn--mnchen-3ya.example") == "münchen.example"
        assert as_read("north.example") == "north.example"

    def test_www_and_bare_belong_together(self):
        assert counterpart_of("north.example") == "www.north.example"
        assert counterpart_of("www.north.example") == "north.example"
        assert counterpart_of("north.localhost") == ""


class TestTheScreen:
    def test_a_host_is_added_as_it_was_meant(self, clinic, agency):
        answer = agency.post(address_of(clinic), {"do": "add", "host": "https://North.example/"}, follow=True)
        assert hosts.hosts_of(clinic.site) == ["north.localhost", "north.example"]
        assert said(answer) == [
            "north.example leads to north.localhost once it answers here. Add www.north.example as well if"
            " its owner has that too."
        ]
        assert 'value="www.north.example"' in answer.text
        entry = ModelLogEntry.objects.get(action="clinicsite.host_add")
        assert (entry.object_id, entry.data) == (str(clinic.site.pk), {"host": "north.example"})

    @pytest.mark.parametrize("host", ["south.localhost", "www.south.example", "WWW.South.example."])
    def test_what_another_clinic_has_is_refused_by_its_name(self, clinic, other_clinic, agency, host):
        ClinicHost.objects.create(site=other_clinic.site, name="www.south.example")
        answer = agency.post(address_of(clinic), {"do": "add", "host": host})
        assert f"{host_in(host)} is a host of “South Clinic” already." in answer.text
        assert hosts.hosts_of(clinic.site) == ["north.localhost"]

    def test_what_it_has_is_not_added_twice(self, clinic, www, agency):
        for host in (OTHER, "north.localhost"):
            answer = agency.post(address_of(clinic), {"do": "add", "host": host})
            assert "is among the hosts of this clinic already." in answer.text

    def test_a_host_is_taken_away(self, clinic, www, agency):
        hosts.note(clinic.site, OTHER, "")
        agency.post(address_of(clinic), {"do": "remove", "host": OTHER})
        assert not ClinicHost.objects.exists()
        assert not HostCheck.objects.exists()
        assert Client(HTTP_HOST=OTHER).get("/").status_code == 404

    @pytest.mark.parametrize("do", ["remove", "move", "check", "nothing", ""])
    @pytest.mark.parametrize("host", ["south.localhost", "\x00", "x" * 5000])
    def test_what_is_not_the_clinics_is_not_found(self, clinic, other_clinic, agency, do, host):
        assert agency.post(address_of(clinic), {"do": do, "host": host}).status_code == 404

    def test_the_clinics_own_is_not_taken_away(self, clinic, agency):
        assert agency.post(address_of(clinic), {"do": "remove", "host": clinic.host}).status_code == 404

    def test_the_clinic_moves_to_a_host_that_answers_here(self, clinic, www, agency):
        answer = agency.post(address_of(clinic), {"do": "move", "host": OTHER}, follow=True)
        assert "does not answer here yet" in said(answer)[0]
        assert Site.objects.get(pk=clinic.site.pk).hostname == "north.localhost"
        hosts.note(clinic.site, OTHER, "")
        agency.post(address_of(clinic), {"do": "move", "host": OTHER})
        moved = Site.objects.get(pk=clinic.site.pk)
        assert hosts.hosts_of(moved) == [OTHER, "north.localhost"]
        assert Client(HTTP_HOST=OTHER).get("/").status_code == 200

    def test_the_owner_reads_and_changes_nothing(self, clinic, www, owner, admin_client_of):
        browser = admin_client_of(owner)
        page = browser.get(address_of(clinic)).text
        assert OTHER in page
        assert "To change this, ask" in page
        assert "Make it the clinic" not in page
        for do in ("add", "remove", "move"):
            answer = browser.post(address_of(clinic), {"do": do, "host": OTHER})
            assert answer.status_code == 404
        assert hosts.hosts_of(clinic.site) == ["north.localhost", OTHER]

    def test_the_owner_changes_them_where_the_agency_says_so(
        self, settings, clinic, other_clinic, owner, editor, admin_client_of
    ):
        settings.CLINICSITE = settings.CLINICSITE | {"OWNERS_CHANGE_HOSTS": True}
        browser = admin_client_of(owner)
        answer = browser.post(address_of(clinic), {"do": "add", "host": "south.localhost"})
        assert "south.localhost is taken already." in answer.text
        assert "South Clinic" not in answer.text
        browser.post(address_of(clinic), {"do": "add", "host": OTHER})
        assert hosts.hosts_of(clinic.site) == ["north.localhost", OTHER]
        answer = admin_client_of(editor).post(address_of(clinic), {"do": "remove", "host": OTHER})
        assert answer.status_code == 404

    def test_nobody_reads_a_neighbours(self, clinic, other_owner, admin_client_of):
        browser = admin_client_of(other_owner)
        for method in (browser.get, browser.post):
            assert method(address_of(clinic)).status_code == 404

    def test_the_number_of_queries_does_not_grow_with_hosts(
        self, clinic, owner, admin_client_of, django_assert_max_num_queries
    ):
        browser = admin_client_of(owner)
        browser.get(address_of(clinic))
        ClinicHost.objects.bulk_create(
            ClinicHost(site=clinic.site, name=f"north-{n}.example") for n in range(30)
        )
        with django_assert_max_num_queries(30):
            browser.get(address_of(clinic))


class TestTheProxysQuestion:
    ASK = "/clinicsite/ask/"

    def ask(self, domain, host="127.0.0.1:8000"):
        return Client(HTTP_HOST=host).get(self.ASK, {"domain": domain}).status_code

    def test_yes_for_every_host_we_know(self, clinic, www, settings):
        settings.WAGTAILADMIN_BASE_URL = "https://admin.clinics.example"
        for name in ("north.localhost", OTHER, "WWW.north.example.", "admin.clinics.example"):
            assert self.ask(name) == 200

    @pytest.mark.parametrize("name", ["evil.example", "", "x" * 5000, "a.www.north.example", "\x00"])
    def test_no_for_any_other(self, clinic, www, name):
        assert self.ask(name) == 404

    def test_no_for_a_site_that_is_no_clinics(self):
        root = Page.get_first_root_node().add_child(instance=Page(title="Ours", slug="ours"))
        Site.objects.create(hostname="ours.example", root_page=root)
        assert self.ask("ours.example") == 404

    def test_where_the_agency_is_and_nowhere_else(self, clinic):
        assert self.ask("north.localhost", "localhost") == 200
        assert self.ask("north.localhost", "north.localhost") == 404
        assert self.ask("north.localhost", "nobody.example") == 404

    def test_in_two_queries(self, www, django_assert_max_num_queries):
        self.ask(OTHER)
        with django_assert_max_num_queries(2):
            self.ask(OTHER)


@pytest.fixture
def dns(monkeypatch):
    """What DNS says, which is outside: {name: address}."""
    known = {}
    ask = socket.getaddrinfo

    def say(host, port, *args, **options):
        if host in known:
            if known[host] is None:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[host], port))]
        return ask(host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", say)
    return known


class TestRefusingToAsk:
    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.0.0.5", "169.254.169.254", "192.168.1.1", "0.0.0.0", "::1", "fd00::1", "224.0.0.1"],
    )
    def test_addresses_that_are_not_public(self, clinic, www, dns, address, monkeypatch):
        def connect(*args, **options):
            pytest.fail("A socket was opened.")

        monkeypatch.setattr(socket, "create_connection", connect)
        dns[OTHER] = address
        found = host_checks.check(clinic.site, OTHER)
        assert found.problem.startswith(f"{OTHER} leads to {address}, which is no public address")

    def test_a_name_without_an_entry(self, clinic, www, dns):
        dns[OTHER] = None
        found = host_checks.check(clinic.site, OTHER)
        assert found.problem == f"There is no DNS entry for {OTHER} yet, or it has not reached this server."
        assert hosts.known_hosts_of(clinic.site)[1].state == HostState.REQUESTED


@pytest.mark.parametrize("token", ["", "made-up", "x:y:z", "%00"])
def test_only_this_install_is_answered(clinic, www, visit, token):
    for browser in (visit, Client(HTTP_HOST=OTHER).get):
        assert browser(f"{host_checks.PREFIX}{token}").status_code == 404


@pytest.mark.django_db(transaction=True)
class TestAsking:
    """The server asks itself over a real socket; names that end in .localhost are this machine's."""

    @pytest.fixture
    def here(self, clinic, live_server):
        clinic.site.port = urlsplit(live_server.url).port
        clinic.site.save()
        ClinicHost.objects.create(site=clinic.site, name="www.north.localhost")
        return clinic

    @pytest.mark.parametrize("state", [SiteState.DRAFT, SiteState.LIVE, SiteState.SUSPENDED])
    def test_it_answers_on_each_of_its_hosts(self, here, state, admin_client_of):
        here.settings.state = state
        here.settings.save()
        browser = admin_client_of(UserFactory(is_superuser=True))
        answer = browser.post(address_of(here), {"do": "check"}, follow=True)
        assert said(answer) == ["north.localhost answers here.", "www.north.localhost answers here."]
        expected = HostState.LIVE if state == SiteState.LIVE else HostState.ANSWERS
        site = Site.objects.get(pk=here.site.pk)
        assert [one.state for one in hosts.known_hosts_of(site)] == [expected, expected]

    def test_a_host_that_is_another_clinics_does_not_answer_for_this_one(self, here, other_clinic):
        found = host_checks.check(here.site, other_clinic.host)
        assert found.problem.startswith("Something else answers at south.localhost: its DNS entry, or the")

    def test_where_nothing_listens(self, here):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        here.site.port = port
        problem = host_checks.check(here.site, here.host).problem
        assert problem.startswith(f"Nothing answers at north.localhost, port {port}: its entry may lead to")

    def test_where_somebody_listens_and_says_nothing(self, here, monkeypatch):
        monkeypatch.setattr(host_checks, "PATIENCE", 0.2)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            here.site.port = silent.getsockname()[1]
            problem = host_checks.check(here.site, here.host).problem
        assert "Nothing answers at" in problem or "did not answer within" in problem

    def test_by_the_command(self, here, capsys):
        call_command("check_hosts")
        assert capsys.readouterr().out == "north.localhost answers here.\nwww.north.localhost answers here.\n"
        with pytest.raises(CommandError, match=r"No clinic has nobody\.example\."):
            call_command("check_hosts", "nobody.example")


def test_the_phone_is_no_matter_of_the_host(clinic, www, visit):
    """A further host changes nothing of the clinic's own pages."""
    LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home))
    assert OTHER not in visit("/").text


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::7f00:1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b::5db8:d70e", True),
        ("224.0.0.1", False),
    ],
)
def test_only_addresses_that_everybody_reaches_are_asked(address, is_public):
    assert host_checks._is_public(address) is is_public
