"""Which kind of bulk work is done by what."""

from collections.abc import Callable

from clinicsite.provisioning.bulk.page_job import PageJob
from clinicsite.provisioning.bulk.plans import Job
from clinicsite.provisioning.bulk.setting_job import SettingJob
from clinicsite.provisioning.bulk.words_job import WordsJob
from clinicsite.provisioning.models.bulk import BulkWork

_JOBS: dict[str, Callable[[dict], Job]] = {
    BulkWork.Kind.SETTING: SettingJob,
    BulkWork.Kind.PAGE: PageJob,
    BulkWork.Kind.WORDS: WordsJob,
}


def job_of(work: BulkWork) -> Job:
    """What does a piece of work, with what was asked."""
    return _JOBS[work.kind](work.asked)
