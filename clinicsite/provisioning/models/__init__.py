"""The tables of setting up: what was begun, work on many clinics, and what waits for the agency."""

from clinicsite.provisioning.models.beginnings import ClinicPlan, Invitation, new_key
from clinicsite.provisioning.models.bulk import BulkClinic, BulkWork
from clinicsite.provisioning.models.risk import WaitingPage

__all__ = ["BulkClinic", "BulkWork", "ClinicPlan", "Invitation", "WaitingPage", "new_key"]
