"""How patients reach a clinic through its contact page: a message, a call back, a free consultation.

`ways` says which forms there are, `forms` what they ask, `robots` and `throttling` what they hold off,
`views` how they answer, `delivery`, `letters` and `tasks` what becomes of what was sent, and `retention` when
it goes again.
"""
