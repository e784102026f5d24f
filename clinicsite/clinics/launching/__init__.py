"""A clinic's way to its patients: the states of its site, the checklist before it is live, and afterwards.

`states` changes the state, `checks` knows the lines of the checklist, `results` keeps what they found and
tells what broke, `screens` is “Launch” in the admin.
"""
