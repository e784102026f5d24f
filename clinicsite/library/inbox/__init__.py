"""Library updates: what one clinic has to answer, read from its pages each time and stored nowhere.

A question is asked of the newest draft of a page, so that an answer given in a draft is not asked again; it
is shown as answered until the draft is published. The number of queries does not grow with the number of
followers, only with the number of drafts under way.
"""
