"""Who works at a clinic: asked in, given a role, removed, by its owners and nobody else."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone

from clinicsite.clinics.models import AuditEntry, ClinicRole
from clinicsite.provisioning.colleagues import inviting, people, rights
from clinicsite.provisioning.models import Invitation
from clinicsite.users.models import User
from tests.factories import UserFactory

PASSWORD = "calm-needle-2026-spring"
NEW = {"first_name": "Ann", "last_name": "Lee", "new_password1": PASSWORD, "new_password2": PASSWORD}


def address(clinic, rest=""):
    return f"/admin/clinicsite/people/{clinic.site.pk}/{rest}"


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def ask(owners, clinic, django_capture_on_commit_callbacks):
    """Ask somebody in, as the owner of `clinic`; returns the path of the link in the mail."""

    def send(email="ann@example.com", role="editor"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = owners.post(address(clinic, "ask/"), {"email": email, "role": role})
        assert answer.status_code == 302, answer.context["form"].errors
        return path_in(mail.outbox[-1])

    return send


def path_in(letter):
    return re.search(r"https?://[^/]+(/admin/clinicsite/invitation/\S+)", letter.body)[1]


def visitor():
    return Client(HTTP_HOST="localhost")


def roles_of(person):
    return set(ClinicRole.objects.filter(group__user=person).values_list("site", "role"))


def test_an_owner_sees_the_own_clinics_people_with_role_and_last_visit(
    owners, clinic, editor, other_owner, other_clinic
):
    other_owner.first_name, other_owner.last_name = "Neigh", "Bour"
    other_owner.save()
    AuditEntry.objects.create(
        kind=AuditEntry.Kind.SIGN_IN,
        site=clinic.site,
        person=editor,
        moment=timezone.make_aware(timezone.datetime(2026, 5, 12, 12)),
    )
    # What somebody does at another clinic says nothing here.
    AuditEntry.objects.create(kind=AuditEntry.Kind.SIGN_IN, site=other_clinic.site, person=editor)
    text = owners.get(address(clinic)).content.decode()
    assert "last here on 12 May 2026" in text
    assert "Editor" in text
    for foreign in ("other-owner", "Neigh Bour", "South Clinic"):
        assert foreign not in text


def test_the_menu_leads_an_owner_to_the_list(owners, clinic):
    assert "People who sign in" in owners.get("/admin/").content.decode()
    assert owners.get("/admin/clinicsite/people/").headers["Location"] == address(clinic)


@pytest.mark.parametrize("role", ["editor", "author", "auditor"])
def test_nobody_but_owners_looks_after_people(clinic, owner, admin_client_of, role):
    browser = admin_client_of(UserFactory(username="me", groups=[clinic.groups.of(role)]))
    assert "People who sign in" not in browser.get("/admin/").content.decode()
    for rest in ("", "ask/", f"{owner.pk}/role/", f"{owner.pk}/remove/"):
        assert browser.get(address(clinic, rest)).status_code == 404
        assert browser.post(address(clinic, rest), {"role": "owner"}).status_code == 404


def test_another_clinic_and_its_people_are_as_if_they_were_not_there(
    owners, clinic, other_clinic, other_owner
):
    asked = Invitation.objects.create(site=other_clinic.site, email="who@example.com", role="editor")
    missing = owners.get(address(clinic, "987654/role/")).status_code
    for where in (
        address(other_clinic),
        address(other_clinic, "ask/"),
        address(clinic, f"{other_owner.pk}/role/"),
        address(clinic, f"{other_owner.pk}/remove/"),
        address(other_clinic, f"{other_owner.pk}/remove/"),
    ):
        assert owners.get(where).status_code == missing == 404
        assert owners.post(where, {"role": "editor", "email": "x@example.com"}).status_code == 404
    for what in ("again/", "back/"):
        assert owners.post(address(clinic, f"asked/{asked.pk}/{what}")).status_code == 404
    assert Invitation.objects.filter(pk=asked.pk).exists()
    assert roles_of(other_owner) == {(other_clinic.site.pk, "owner")}


def test_somebody_new_makes_an_account_from_the_mail_and_has_the_role(ask, clinic):
    link = ask()
    (letter,) = mail.outbox
    assert letter.to == ["ann@example.com"]
    assert "North Clinic" in letter.subject
    assert "as an editor" in letter.body
    assert visitor().get(link).status_code == 200
    answer = visitor().post(link, NEW)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/login/")
    person = User.objects.get(email="ann@example.com")
    assert person.get_full_name() == "Ann Lee"
    assert person.check_password(PASSWORD)
    assert roles_of(person) == {(clinic.site.pk, "editor")}
    assert not Invitation.objects.exists()


def test_a_weak_password_is_refused_and_the_link_stays_good(ask):
    link = ask()
    answer = visitor().post(link, NEW | {"new_password1": "short", "new_password2": "short"})
    assert answer.status_code == 200
    assert not User.objects.filter(email="ann@example.com").exists()
    assert visitor().post(link, NEW).status_code == 302


def test_whoever_is_asked_is_told_the_same_whether_or_not_they_are_known(
    ask, owners, clinic, other_clinic, admin_client_of
):
    known = UserFactory(username="known", email="known@example.com", groups=[other_clinic.groups.owner])
    ask("new@example.com")
    ask("KNOWN@example.com")
    new, old = (
        letter.body.replace(path_in(letter), "LINK").replace(letter.to[0], "WHO") for letter in mail.outbox
    )
    assert new == old
    text = owners.get(address(clinic)).content.decode()
    assert "known@example.com" not in text
    assert text.count("the link is good until") == 2
    assert roles_of(known) == {(other_clinic.site.pk, "owner")}


def test_somebody_of_another_clinic_signs_in_says_yes_and_neither_clinic_learns_of_the_other(
    ask, owners, clinic, other_clinic, other_owner, admin_client_of
):
    known = UserFactory(username="known", email="known@example.com", groups=[other_clinic.groups.editor])
    link = ask("known@example.com", "author")
    sent = visitor().get(link)
    assert sent.headers["Location"].startswith("/admin/login/?next=%2Fadmin%2Fclinicsite%2Finvitation%2F")
    browser = admin_client_of(known)
    assert "Yes, I work there" in browser.get(link).content.decode()
    assert browser.post(link).status_code == 302
    assert roles_of(known) == {(clinic.site.pk, "author"), (other_clinic.site.pk, "editor")}
    assert "South" not in owners.get(address(clinic)).content.decode()
    assert "North" not in admin_client_of(other_owner).get(address(other_clinic)).content.decode()


def test_an_invitation_for_somebody_else_is_refused_in_words(ask, admin_client_of, owners):
    link = ask()
    answer = owners.get(link)
    assert answer.status_code == 403
    assert "for another e-mail address" in answer.content.decode()
    assert owners.post(link).status_code == 403
    assert Invitation.objects.exists()


def test_a_link_that_was_used_taken_back_altered_or_ran_out_is_refused_in_words(ask, owners, clinic):
    used = ask()
    visitor().post(used, NEW)
    taken = ask("two@example.com")
    owners.post(address(clinic, f"asked/{Invitation.objects.get().pk}/back/"))
    old = ask("three@example.com")
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=7, minutes=1))
    for link, status, sentence in (
        (used, 410, "not open any more"),
        (taken, 410, "not open any more"),
        (f"{old[:-2]}x/", 404, "not whole"),
        (old, 410, "ran out on"),
    ):
        for answer in (visitor().get(link), visitor().post(link, NEW)):
            assert answer.status_code == status
            assert sentence in answer.content.decode()
    assert not User.objects.filter(email__in=["two@example.com", "three@example.com"]).exists()


def test_of_two_answers_to_one_link_one_counts(ask, clinic):
    link = ask()
    invitation = Invitation.objects.get()
    visitor().post(link, NEW)
    assert not inviting.Invitation.objects.filter(pk=invitation.pk).exists()
    assert visitor().post(link, NEW).status_code == 410
    assert User.objects.filter(email="ann@example.com").count() == 1


def test_sending_again_makes_the_link_before_good_for_nothing(
    ask, owners, clinic, django_capture_on_commit_callbacks
):
    first = ask()
    with django_capture_on_commit_callbacks(execute=True):
        owners.post(address(clinic, f"asked/{Invitation.objects.get().pk}/again/"))
    assert visitor().get(first).status_code == 410
    assert visitor().get(path_in(mail.outbox[-1])).status_code == 200


def test_a_mail_that_no_server_takes_is_told_to_whoever_asked(ask, owners, clinic, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(IndexError):
        ask()
    assert Invitation.objects.get().mail == Invitation.Mail.NOT_SENT
    assert "The mail did not go out" in owners.get(address(clinic)).content.decode()


def test_asking_twice_leaves_one_invitation_and_a_colleague_is_not_asked(ask, owners, clinic, editor):
    ask("ann@example.com", "editor")
    ask("ANN@example.com", "author")
    assert Invitation.objects.get().role == "author"
    editor.email = "eddie@example.com"
    editor.save()
    answer = owners.post(address(clinic, "ask/"), {"email": "Eddie@example.com", "role": "author"})
    assert "works here already" in answer.content.decode()


def test_a_role_is_changed_for_this_clinic_alone(owners, clinic, other_clinic, editor):
    editor.groups.add(other_clinic.groups.owner)
    owners.post(address(clinic, f"{editor.pk}/role/"), {"role": "author"})
    assert roles_of(editor) == {(clinic.site.pk, "author"), (other_clinic.site.pk, "owner")}
    owners.post(address(clinic, f"{editor.pk}/remove/"))
    assert roles_of(editor) == {(other_clinic.site.pk, "owner")}


def test_what_somebody_may_do_changes_with_their_next_click_and_other_sessions_end(
    owners, clinic, editor, client
):
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(editor)
    assert browser.get("/admin/clinicsite/messages/").status_code == 200
    owners.post(address(clinic, f"{editor.pk}/role/"), {"role": "author"})
    assert browser.get("/admin/clinicsite/messages/").status_code != 200


@pytest.mark.parametrize("role", ["admin", "Owner", "", "owner' --"])
def test_a_role_that_there_is_not_is_refused(owners, clinic, editor, role):
    assert owners.post(address(clinic, f"{editor.pk}/role/"), {"role": role}).status_code == 200
    assert roles_of(editor) == {(clinic.site.pk, "editor")}


def test_the_last_owner_is_neither_removed_nor_given_less(owners, owner, clinic):
    UserFactory(username="gone", groups=[clinic.groups.owner], is_active=False)
    for rest, data in (("role/", {"role": "editor"}), ("remove/", {})):
        answer = owners.post(address(clinic, f"{owner.pk}/{rest}"), data, follow=True)
        assert "is the only owner" in answer.content.decode()
    assert roles_of(owner) == {(clinic.site.pk, "owner")}


def test_an_owner_who_has_just_been_removed_removes_nobody(clinic, owner):
    second = UserFactory(username="second", groups=[clinic.groups.owner])
    people.remove(clinic.site, second.pk, owner)
    with pytest.raises(people.PermissionDenied):
        people.remove(clinic.site, owner.pk, second)
    assert roles_of(owner) == {(clinic.site.pk, "owner")}


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_remove_each_other_at_once_one_stays(clinic, owner):
    second = UserFactory(username="second", groups=[clinic.groups.owner])
    start, failures = Barrier(2), []

    def remove(by, whom):
        try:
            start.wait(timeout=30)
            people.remove(clinic.site, whom.pk, User.objects.get(pk=by.pk))
        except (people.PermissionDenied, people.ColleagueError) as error:
            failures.append(type(error))
        finally:
            connections.close_all()

    threads = [Thread(target=remove, args=pair) for pair in ((owner, second), (second, owner))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(groups=clinic.groups.owner).count() == 1
    assert len(failures) == 1


def test_whoever_looks_after_several_clinics_is_asked_whose_people(clinic, other_clinic, admin_client_of):
    browser = admin_client_of(UserFactory(is_superuser=True))
    text = browser.get("/admin/clinicsite/people/").content.decode()
    assert address(clinic) in text
    assert address(other_clinic) in text
    assert browser.get(address(other_clinic)).status_code == 200


def test_a_clinic_that_sends_very_many_mails_waits(ask, owners, clinic):
    for number in range(inviting.MOST_MAILS):
        ask(f"p{number}@example.com")
    answer = owners.post(
        address(clinic, "ask/"), {"email": "more@example.com", "role": "editor"}, follow=True
    )
    assert "Too many mails" in answer.content.decode()
    assert not Invitation.objects.filter(email="more@example.com").exists()


def test_the_menu_asks_the_database_nothing_of_who_looks_after_whom(
    clinic, other_clinic, owner, django_assert_num_queries
):
    user = User.objects.get(pk=owner.pk)
    rights.scope_at_work(user)
    with django_assert_num_queries(0):
        assert rights.looks_after_any(user)
