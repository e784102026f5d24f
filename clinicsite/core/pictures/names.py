"""Names of cuts: those of a clinic's pictures cannot be guessed.

Cuts are given out to whoever has their address, and the admin has some made of a picture that is on no
page yet, or on one that is not for everybody. Wagtail names a cut after its picture and its size, which a
neighbour can work out.
"""

import secrets

from django.db.models.signals import pre_save
from wagtail.images import get_image_model

from clinicsite.core import wagtail_private
from clinicsite.core.pictures.uploads import is_ours


def connect_signals() -> None:
    """Name cuts before they are stored, whichever image model the project has chosen.

    Cuts that a project's own template asks for several at a time (`srcset_image`) keep Wagtail's names: it
    stores them without a signal.
    """
    sender = get_image_model().get_rendition_model()
    pre_save.connect(_cut_saving, sender=sender, dispatch_uid="pictures_names")


def _cut_saving(sender, instance, raw=False, **kwargs):
    if not raw and wagtail_private.is_new_file(instance) and is_ours(instance.image):
        instance.file.name = f"{secrets.token_hex(8)}-{instance.file.name}"
