"""What is looked at before a launch of the clinic itself: its colours, its hosts, its mail."""

from django.core.exceptions import ValidationError

from clinicsite.clinics import hosts
from clinicsite.clinics.launching.checks import Fix, LaunchCheck, is_open, ok, register_launch_check, unasked
from clinicsite.clinics.models.launch import MailTest
from clinicsite.clinics.validators import validate_accent_colour, validate_text_colour


class ContrastCheck(LaunchCheck):
    """Colours that came by another way than the form, or from before a rule, are looked at again."""

    name, title, order = "contrast", "Colours that can be read", 200

    def look(self, subject):
        chosen = subject.settings
        found = []
        for field, validate in (
            ("brand_primary", validate_text_colour),
            ("brand_accent", validate_accent_colour),
        ):
            try:
                validate(getattr(chosen, field))
            except ValidationError as error:
                label = str(chosen._meta.get_field(field).verbose_name)
                found.append(f"{label.capitalize()}: {' '.join(error.messages)}")
        if found:
            return is_open(" ".join(found), [Fix("Change the colours", subject.settings_url)])
        return ok("Words can be read on both colours.")


class MailCheck(LaunchCheck):
    """A message to the clinic arrives, which only somebody who reads its mail can say."""

    name, title, order = "mail", "Messages reach the clinic", 300

    def look(self, subject):
        email = subject.settings.email
        if not email:
            words = "The clinic has no e-mail, so it is told of no message."
            return is_open(words, [Fix("Write one", subject.settings_url)])
        test = MailTest.objects.filter(site=subject.site, address__iexact=email).first()
        if test is None:
            words = f"Nobody has tried yet whether mail to {email} is read."
            return is_open(words, [Fix("Send a test message", f"{subject.launch_url}#mail-test")])
        if test.confirmed_at is None:
            words = f"A test message went to {email}, and nobody has opened the link in it yet."
            return is_open(words, [Fix("Send it again", f"{subject.launch_url}#mail-test")])
        return ok(f"A test message to {email} was confirmed.")


class HostsCheck(LaunchCheck):
    """Every host of the clinic answers here, as it was found the last time one asked."""

    name, title, order = "hosts", "The addresses lead here", 310

    def look(self, subject):
        fixes = [Fix("Check the addresses", subject.addresses_url)]
        known = hosts.known_hosts_of(subject.site)
        problems = [host.check.problem for host in known if host.check and host.check.problem]
        if problems:
            return is_open(" ".join(problems), fixes)
        names = [host.name for host in known if host.check is None]
        if names:
            return unasked(f"Nobody has checked yet whether {_answer(names)} here.", fixes)
        return ok(f"{_answer([host.name for host in known])} here.")


def _answer(names):
    return f"{' and '.join(names)} {'answers' if len(names) == 1 else 'answer'}"


def register() -> None:
    """Put these lines into the checklist."""
    for check in (ContrastCheck, MailCheck, HostsCheck):
        register_launch_check(check)
