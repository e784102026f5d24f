"""What a clinic's site may show of what its pages name: nothing that is a neighbour's."""

from clinicsite.clinics.tenancy.ownership import Side


def may_show(thing, site) -> bool:
    """Whether a clinic's site may show a picture, a document or a page; costs no query as a rule."""
    return Side(site.pk, site.root_page.path).may_name(thing)
