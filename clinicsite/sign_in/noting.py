"""What the audit log is told of second steps."""

from allauth.mfa.signals import authentication_failed

from clinicsite.clinics.audit.log import Kind, record, site_at_work


def connect() -> None:
    """Watch second steps that fail; `adapters` tells of those that come and go."""
    authentication_failed.connect(_failed, dispatch_uid="clinicsite_second_step_failed")


def _failed(request, user, authenticator, **kwargs):
    about = f"Failed: {authenticator.get_type_display()}"
    record(Kind.SECOND_STEP, about, site_id=site_at_work(user), person=user, request=request)
