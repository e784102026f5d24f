"""What stands in each argument of an address: the name of a thing of `Side.things`, or a word that is no key.

An argument that nothing here fills fails the test, so that a new address is thought of.
"""

import re

#: Argument -> kind of thing, where nothing below says otherwise.
ARGUMENTS = {
    "page_id": "draft",
    "parent_page_id": "home",
    "page_to_move_id": "draft",
    "destination_id": "home",
    "page_pk": "draft",
    "revision_id": "earlier_revision",
    "revision_id_a": "earlier_revision",
    "revision_id_b": "revision",
    "task_state_id": "task_state",
    "workflow_state_id": "workflow_state",
    "task_id": "task",
    "workflow_pk": "workflow",
    "collection_id": "closed_collection",
    "image_id": "image",
    "document_id": "document",
    "doc_id": "document",
    "redirect_id": "redirect",
    "site_id": "site",
    "restriction_id": "collection_restriction",
    "page_view_restriction_id": "page_restriction",
    "release_id": "release",
    "session_id": "editing_session",
    "object_id": "draft",
    "person_id": "user",
    # Of what is planted: the policy knows a page by the name of its argument, and would close it.
    "standard_id": "page",
}

#: Pattern of names -> {argument: kind of thing}; all that match hold, the last first.
BY_NAME = {
    r"wagtailadmin_pages:(workflow_|collect_workflow|confirm_workflow)": {"page_id": "reviewed"},
    r"wagtailadmin_pages:(unpublish|convert_alias|usage|copy)$": {"page_id": "page"},
    r"wagtailadmin_pages:unlock$": {"page_id": "private"},
    r"wagtailadmin_pages:revisions_unschedule": {"page_id": "scheduled", "revision_id": "scheduled_revision"},
    r"wagtailadmin_pages:revisions_compare": {"pk": "draft"},
    r"wagtailcore_authenticate": {"page_id": "private"},
    r"wagtailadmin_api:pages": {"pk": "draft"},
    r"wagtailadmin_api:images": {"pk": "image"},
    r"wagtailadmin_api:documents": {"pk": "document"},
    r"wagtailadmin_collections": {"pk": "closed_collection"},
    r"wagtailadmin_workflows": {"pk": "workflow"},
    r"wagtailadmin_workflows:.*task": {"pk": "task"},
    r"wagtailsites": {"pk": "site"},
    r"wagtailusers_users": {"pk": "user"},
    r"wagtailusers_groups": {"pk": "group"},
    r"wagtailsettings": {"pk": "site"},
    r"wagtailimages_chooser": {"pk": "image"},
    r"wagtaildocs_chooser": {"pk": "document"},
    r"_modalities_reference:": {"pk": "reference"},
    r"_library_synonymgroup:": {"pk": "synonyms"},
    r"_library_starterpack:": {"pk": "pack"},
    r"clinicsite_messages": {"pk": "message"},
    r"clinicsite_drafts": {"pk": "draft"},
    r"clinicsite_people_chooser": {"pk": "person"},
    r"clinicsite_own_reference": {"pk": "own_reference"},
    r"clinicsite_reference_requests": {"pk": "own_reference"},
    r"clinicsite_new_clinic": {"pk": "plan"},
    r"clinicsite_new_clinic:(copy|made)": {"pk": "site"},
    r"clinicsite_colleagues": {"pk": "invitation"},
    r"clinicsite_groups": {"pk": "clinic_group"},
    r"clinicsite_notices": {"pk": "notice"},
    r"clinicsite_pools": {"pk": "pool"},
    r"clinicsite_retiring": {"pk": "retired"},
    r"clinicsite_bulk": {"pk": "bulk_work"},
    r"clinicsite_risk": {"pk": "waiting_page"},
    r"clinicsite_desk": {"place": "place", "site": "site"},
    r"clinicsite_library": {"page_id": "treatment"},
    r"mfa_": {"pk": "authenticator"},
    r"uploaded": {"uploaded_file_id": "upload"},
    r"delete_upload": {"uploaded_file_id": "upload"},
}

#: Argument -> words that are no key; each is asked for.
WORDS = {
    # What is signed, and no key.
    ("token",): [("nothing",)],
    ("content_type_app_name", "content_type_model_name"): [("clinicsite_home", "standardpage")],
    ("app_label", "model_name"): [("clinicsite_home", "standardpage")],
    ("app_name", "model_name"): [("clinicsite_clinics", "clinicsettings")],
    ("action_name",): [("publish",)],
    ("filter_spec",): [("original",)],
    ("step",): [("brand",)],
    ("digest",): [("0" * 16,)],
    ("name",): [("icon-192",)],
    ("uidb64", "token"): [("MQ", "set-password")],
    ("rest",): [("pages/",)],
    ("path",): [("documents/nothing.txt",)],
    ("field_name",): [("tagline",)],
    ("section_id",): [("9397f4d0-e0e0-5815-86f1-0794a5a552bd",)],
    ("words",): [("earlier",)],
}

#: Pattern of names -> words in place of those.
WORDS_BY_NAME = {
    r"wagtailadmin_workflows:add_task": {("app_label", "model_name"): [("wagtailcore", "groupapprovaltask")]},
    r"wagtailadmin_pages:(workflow_action|collect_workflow)": {("action_name",): [("approve",)]},
    r"tag_model_autocomplete|clinicsite_tags": {("app_name", "model_name"): [("taggit", "tag")]},
    r"clinicsite_library:section_action": {("action",): [("hide",)]},
    r"clinicsite_library:page_action": {("action",): [("hold",)]},
}

#: Pattern of names -> what is asked behind the address; `{image}` is the key of the neighbour's image,
#: `{own}` of what the address is for.
QUERIES = {
    r":(index|list|search|choose)(_results)?$|:(results|root|below)$": ["q=thornfield"],
    r"wagtailadmin_explore|choose_page_search|type_use": ["q=thornfield"],
    r"wagtail(images|docs)(_chooser)?:(index|choose)": ["collection_id={closed_collection}"],
    r"(index|list|explore|type_use|history|locked|workflow|workflow_tasks|results)$": [
        "site={site}&owner={user}&user={user}&edited_by={user}&locked_by={user}&requested_by={user}"
        "&workflow={workflow}&task={task}",
    ],
    r"reports|matrix_csv": ["export=csv", "export=xlsx"],
    r"wagtailadmin_api:.*:listing": [
        "search=thornfield",
        "child_of={home}",
        "descendant_of={home}",
        "fields=*",
        "for_explorer=1&child_of={home}",
    ],
    r"wagtailadmin_api:pages:find": ["id={draft}"],
    r"wagtailadmin_api:images:find": ["id={image}"],
    r"wagtailadmin_api:documents:find": ["id={document}"],
    r"autocomplete": ["term=hush", "term=quag"],
    r"page_chooser:(root|below)": ["page_type=clinicsite_home.standardpage&can_choose_root=true"],
    r"chosen_multiple|choose_page_chosen": ["id={own}"],
    r"clinicsite_library:add$": ["page={treatment}", "site={site}", "parent={treatments}"],
    r"choose_parent": ["parent={home}"],
    r"wagtailadmin_workflows:task_chooser": ["q=thornfield"],
}

#: (name of the app, of the model) of each bulk action -> the kind of thing that it is for.
BULK = {
    "page": "draft",
    "customimage": "image",
    "customdocument": "document",
    "user": "user",
    "reference": "reference",
    "synonymgroup": "synonyms",
    "starterpack": "pack",
}


def kind_of(name: str, argument: str) -> str | None:
    """The kind of thing whose key stands in an argument of the address of a name; None for a word."""
    found = ARGUMENTS.get(argument)
    for pattern, kinds in BY_NAME.items():
        if re.search(pattern, name):
            found = kinds.get(argument, found)
    return found


def words_for(name: str, arguments: list[str]) -> dict[str, str]:
    """What stands in the arguments that hold no key."""
    every = dict(WORDS)
    for pattern, words in WORDS_BY_NAME.items():
        if re.search(pattern, name):
            every |= words
    return {
        argument: word
        for names, choices in every.items()
        if set(names) <= set(arguments)
        for argument, word in zip(names, choices[0], strict=True)
    }


def queries_for(name: str) -> list[str]:
    """What is asked behind an address, besides nothing."""
    found = (queries for pattern, queries in QUERIES.items() if re.search(pattern, name))
    return list(dict.fromkeys(query for queries in found for query in queries))
