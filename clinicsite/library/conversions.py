"""What migrations of the content types do to rows that were written before a field existed.

Nothing else calls this: `modalities/migrations/0002` and `home/migrations/0005` do, and it goes with them.
"""

import json


def keep_accepted_sections(model):
    """From the revision a page held to the sections themselves: a revision can be purged, they cannot.

    Also notes the library page as each follower knows it. `model` is a historical model of a `SharedPage`.
    """
    followers = model.objects.filter(library_page__isnull=False)
    for page in followers.select_related("library_page", "held_revision"):
        source = page.library_page
        held = page.held_revision and json.loads(page.held_revision.content["sections"])
        base = {"page": source.pk, "title": source.title, "slug": source.slug}
        model.objects.filter(pk=page.pk).update(held_sections=held, library_base=base)
