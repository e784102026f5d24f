"""The people of one clinic: who they are, who may ask somebody in, give a role, take it away.

`rights` says who may do what, `people` reads and changes who is there, `inviting` asks somebody by mail,
`answering` is where they answer, `views` the screens for owners.
"""
