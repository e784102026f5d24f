"""The judgements on what Wagtail brings. Each app of ours judges what it adds, in its `admin_surface.py`."""

import wagtail
from django.contrib.auth import get_user_model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from clinicsite.clinics.tenancy.surface import EVERYBODY, EVERYBODYS_OWN, Kind, for_agency, for_clinics

#: Such as 8.0: what is new in it is an item of the menu for help.
RELEASE = ".".join(str(part) for part in wagtail.VERSION[:2])
_DOCUMENT, _IMAGE, _USER = (
    model._meta.label_lower for model in (get_document_model(), get_image_model(), get_user_model())
)

_TREE = "The tree of pages in the menu reads these."
#: The admin has another API from Wagtail 8.1, which has its tree of pages alone.
_ADMINS_API = (
    [
        for_clinics(Kind.ADDRESS, "wagtailadmin_api:pages:{listing,detail}", _TREE, EVERYBODY),
        for_agency(
            Kind.ADDRESS,
            "wagtailadmin_api:pages:{find,action} wagtailadmin_api:images:* wagtailadmin_api:documents:*",
            "No screen asks these, and they list every clinic's files.",
        ),
    ]
    if wagtail.VERSION < (8, 1)
    else [
        for_clinics(Kind.ADDRESS, "wagtailadmin_api:explorer", _TREE, EVERYBODY),
        for_agency(Kind.ADDRESS, "wagtailadmin_api:api-root", "Nothing stands there."),
    ]
)

_ADDRESSES = [
    for_clinics(
        Kind.ADDRESS,
        """
        wagtailadmin_{login,logout,home,account,dismissibles,sprite,javascript_catalog}
        wagtailadmin_password_reset{,_done,_confirm,_complete}
        """,
        "Signing in, the dashboard, one's own account and what every screen is drawn with.",
        EVERYBODYS_OWN,
    ),
    for_clinics(
        Kind.ADDRESS,
        """
        wagtailadmin_pages:{add,add_subpage,choose_parent,copy,delete,edit,move,move_confirm,set_page_position}
        wagtailadmin_pages:{lock,unlock,unpublish,convert_alias,set_privacy}
        wagtailadmin_pages:{preview_on_add,preview_on_edit}
        wagtailadmin_pages:revisions_{revert,unschedule}
        wagtailadmin_pages:workflow_{action,preview}
        wagtailadmin_pages:{collect_workflow_action_data,confirm_workflow_cancellation}
        wagtailadmin_editing_sessions:{ping,release}
        wagtailadmin_block_preview
        """,
        "Pages. Wagtail checks each page against the person's grants.",
    ),
    *_ADMINS_API,
    for_clinics(
        Kind.ADDRESS,
        """
        wagtailadmin_explore{,_root,_results}
        wagtailadmin_pages:{view_draft,search,search_results,usage,type_use,type_use_results}
        wagtailadmin_pages:{history,history_results}
        wagtailadmin_pages:revisions_{index,view,compare}
        wagtailadmin_pages:workflow_{history,history_detail}
        """,
        "What only shows a page.",
        EVERYBODY,
    ),
    for_clinics(
        Kind.ADDRESS,
        """
        clinicsite_page_chooser:{root,below,chosen_multiple}
        wagtailadmin_choose_page_{search,anchor_link,email_link,external_link,phone_link}
        clinicsite_tags:{autocomplete,model_autocomplete}
        wagtailembeds:{chooser,chooser_upload}
        wagtailimages_chooser:{choose,choose_results,chosen,chosen_multiple,create,select_format}
        wagtaildocs_chooser:{choose,choose_results,chosen,chosen_multiple,create}
        """,
        "What the editor opens to choose something.",
    ),
    for_agency(
        Kind.ADDRESS,
        """
        wagtailadmin_choose_page{,_child,_chosen_multiple}
        wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete
        """,
        "Our own page chooser and tags stand before these, under the same addresses.",
    ),
    for_clinics(
        Kind.ADDRESS,
        """
        wagtailimages:{add,edit,delete,image_usage}
        wagtailimages:{add_multiple,edit_multiple,delete_multiple}
        wagtailimages:{create_multiple_from_uploaded_image,delete_upload_multiple}
        wagtaildocs:{add,edit,delete,document_usage}
        wagtaildocs:{add_multiple,edit_multiple,delete_multiple}
        wagtaildocs:{create_multiple_from_uploaded_document,delete_upload_multiple}
        wagtail_bulk_action
        """,
        "Pictures and documents of the clinic's own collection; which bulk action, is judged below.",
    ),
    for_clinics(
        Kind.ADDRESS,
        "{wagtailimages,wagtaildocs}:{index,index_results}",
        "The lists of them.",
        EVERYBODY,
    ),
    for_agency(
        Kind.ADDRESS,
        "wagtailimages:{preview,url_generator,url_generator_output}",
        "Addresses for pictures of any size, which no site of ours serves.",
    ),
    for_clinics(
        Kind.ADDRESS,
        """
        clinicsite_reports:{locked,workflow,workflow_tasks}{,_results}
        clinicsite_reports:{site_history,page_types_usage}{,_results}
        wagtailadmin_reports:aging_pages{,_results}
        """,
        "Reports on one's own pages. Two on everybody's pages refuse whoever is no superuser themselves.",
        EVERYBODY,
    ),
    for_agency(
        Kind.ADDRESS,
        "wagtailadmin_reports:{locked_pages,workflow,workflow_tasks,site_history,page_types_usage}{,_results}",
        "Our own reports stand before these, under the same addresses.",
    ),
    for_clinics(Kind.ADDRESS, "wagtailsettings:{edit,preview_on_edit}", "Which setting, is judged below."),
    for_agency(
        Kind.ADDRESS,
        """
        wagtailadmin_collections:* wagtailadmin_workflows:* wagtailredirects:* wagtailsites:*
        wagtailusers_groups:* wagtailusers_users:* wagtailsnippets:index
        """,
        "What belongs to no clinic, or to all of them.",
    ),
    for_agency(
        Kind.ADDRESS,
        "wagtailadmin_error_test django.views.generic.base.TemplateView wagtail.admin.views.home.default",
        "Wagtail's trial of its own error pages, and whatever is not there.",
    ),
]

_BULK_ACTIONS = [
    for_clinics(
        Kind.BULK_ACTION,
        f"""
        wagtailcore.page.{{delete,move,publish,unpublish}}
        {{{_IMAGE},{_DOCUMENT}}}.{{add_tags,add_to_collection,delete}}
        """,
    ),
    for_agency(Kind.BULK_ACTION, f"{_USER}.{{assign_role,delete,set_active_state}}"),
]

_MENUS = [
    for_clinics(Kind.MENU_ITEM, "explorer images documents settings reports help", who=EVERYBODY),
    for_agency(Kind.MENU_ITEM, "snippets", "No snippet belongs to a clinic."),
    for_agency(Kind.SETTINGS_ITEM, "redirects sites collections workflows workflow-tasks users groups"),
    for_clinics(Kind.REPORT, "locked-pages workflows workflow-tasks aging-pages"),
    for_agency(Kind.REPORT, "site-history page-types-usage", "They list every clinic's pages and people."),
    for_clinics(Kind.HELP_ITEM, "keyboard-shortcuts-trigger"),
    for_agency(Kind.HELP_ITEM, f"whats-new-in-wagtail-{RELEASE} editor-guide", "They speak of Wagtail."),
    for_clinics(Kind.SEARCH_AREA, "pages images documents"),
    for_agency(Kind.SEARCH_AREA, "users"),
]

_DASHBOARD = [
    for_clinics(
        Kind.PANEL,
        "workflow_objects_to_moderate user_objects_in_workflow_moderation recent_edits locked_pages",
    ),
    for_agency(
        Kind.SUMMARY_ITEM,
        "PagesSummaryItem ImagesSummaryItem DocumentsSummaryItem",
        "How many pages there are tells an owner nothing.",
    ),
]

_FILTERS = [
    for_clinics(
        Kind.FILTER,
        """
        {ImagesFilterSet,DocumentsFilterSet}.usage_count
        GenericPageFilterSet.{latest_revision_created_at,has_child_pages,content_type}
        PageHistoryFilterSet.{action,user,timestamp,is_commenting_action}
        AgingPagesReportFilterSet.{live,last_published_at,content_type}
        """,
        "The people in a page's history are those who worked on that page.",
    ),
    for_agency(
        Kind.FILTER,
        """
        {PageFilterSet,GenericPageFilterSet}.{owner,edited_by,site}
        PageFilterSet.{latest_revision_created_at,has_child_pages}
        LockedPagesReportFilterSet.{locked_by,locked_at,live}
        {PageTypesUsageReportFilterSet,ProjectsPageTypesFilterSet}.{page_locale,site}
        WorkflowReportFilterSet.{reviewable,workflow,status,requested_by,created_at}
        WorkflowTasksReportFilterSet.{reviewable,workflow,task,status,started_at,finished_at}
        """,
        "Wagtail's own filter sets, which list every clinic and everybody; ours take their place.",
    ),
    for_agency(
        Kind.FILTER,
        """
        BaseMediaFilterSet.usage_count
        HistoryFilterSet.{action,user,timestamp}
        SiteHistoryReportFilterSet.{action,user,timestamp,is_commenting_action,label,object_type}
        UserFilterSet.{is_superuser,last_login} RedirectsReportFilterSet.{is_permanent,site}
        {BaseWorkflowFilterSet,WorkflowFilterSet,TaskFilterSet}.show_disabled
        """,
        "On screens that are the agency's.",
    ),
]

JUDGEMENTS = [*_ADDRESSES, *_BULK_ACTIONS, *_MENUS, *_DASHBOARD, *_FILTERS]
