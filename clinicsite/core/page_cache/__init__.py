"""Pages that are kept once rendered, and never shown when anything they were made from has changed.

`serving` stands before Django and answers with what is kept; `changes` notices every write to the database;
`slots` holds, for all processes of a machine, the version of everything a page can be made from. Beside it,
`core.page_reading` notes what a page has read while it is rendered. docs/decisions/0026-page-cache.md says
why it is so.
"""
