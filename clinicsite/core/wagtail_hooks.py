from wagtail import hooks

from clinicsite.core.publishing import REFUSED, RefusedMessage
from clinicsite.core.rich_text.links import ClinicPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def register_clinic_links(features):
    features.register_link_type(ClinicPageLinkHandler)


@hooks.register("register_log_actions")
def register_refused_publishing(actions):
    actions.register_action(REFUSED)(RefusedMessage)
