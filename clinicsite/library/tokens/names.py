"""The tokens there are, and how they are explained to editors."""

#: Every token, and what stands in its place. Shown to editors wherever one is refused.
TOKENS = {
    "clinic": "the clinic's name",
    "phone": "the primary location's main phone number",
    "email": "the clinic's e-mail address",
    "address": "the primary location's address, on one line",
    "city": "the primary location's city",
    "province": "the clinic's province or state",
    "booking_url": "the address of the clinic's online booking",
    "hours_url": "the address of the primary location's page, with its hours and the way there",
    "free_consultation": "the clinic's words for its free consultation",
}
#: Tokens that can be a link's target, and the words that a link to them begins with.
LINK_TOKENS = {"booking_url": "Book online", "hours_url": "Opening hours"}

#: The name of the rich-text editor's feature that offers tokens.
FEATURE = "token"
#: For the help text of a field of plain text.
TOKEN_HELP = (
    f"Tokens: {', '.join(f'{{{name}}}' for name in TOKENS)}. "
    "Words in [[double brackets]] are left out where a token in them is empty."
)
