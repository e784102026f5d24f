"""How patients reach a clinic through its contact page: a message, a call back, a free consultation.

`pages` is the contact page, `ways` says which forms there are, `forms` what they ask, `robots`, `stamps` and
`throttling` what they hold off, `views` how they answer, and `addresses` where every page says they are.
`models` keeps what was sent, `delivery`, `letters` and `tasks` bring it to the clinic, `admin` and `history`
are where the clinic reads it, and `retention` says when it goes again.
"""
