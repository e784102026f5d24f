"""Making a clinic in the admin: one screen a step, and a summary before the last press.

`steps` are the forms, `judging` makes a spec of what was typed and says what is wrong, `views` are the
screens. What was typed is kept as a line of a chain's CSV would be (`provisioning.columns`), so that the
three ways of making a clinic read the same words by the same rules.
"""
