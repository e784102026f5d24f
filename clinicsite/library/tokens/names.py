"""Which tokens there are, how editors are told of them, and what is refused in a text with tokens."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from clinicsite.library.tokens import phrases

#: Every token, and what stands in its place. Shown to editors wherever one is refused.
TOKENS = {
    "clinic": "the clinic's name",
    "phone": "the primary location's number to call",
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
FEATURE = "clinicsite-token"
#: For the help text of a field of plain text.
TOKEN_HELP = (
    f"Tokens: {', '.join(f'{{{name}}}' for name in TOKENS)}. "
    "Words in [[double brackets]] are left out where a token in them is empty."
)


def unknown_tokens(texts: Iterable[str]) -> list[str]:
    """The names in braces that are no token, each once, in the order they appear."""
    found = (name for text in texts for name in phrases.TOKEN.findall(text))
    return list(dict.fromkeys(name for name in found if name not in TOKENS))


def validate_tokens(texts: Iterable[str]) -> None:
    """Refuse unknown tokens, optional phrases that cannot work, and links to tokens that are no address."""
    texts = list(texts)
    unknown = unknown_tokens(texts)
    if unknown:
        wrong = ", ".join(f"{{{name}}}" for name in unknown)
        known = ", ".join(f"{{{name}}}" for name in TOKENS)
        raise ValidationError(f"Unknown token: {wrong}. Use one of {known}, or write without braces.")
    faults = dict.fromkeys(fault for text in texts for fault in _faults_in(text))
    if faults:
        raise ValidationError(" ".join(faults))


def _faults_in(text: str) -> list[str]:
    faults = phrases.faults_in(text, TOKENS) if "[" in text or "]" in text else []
    wrong = [target for target in phrases.link_targets(text) if target not in _link_targets()]
    return faults + [_refused_link(target) for target in wrong]


def _link_targets() -> list[str]:
    return [f"{{{name}}}" for name in LINK_TOKENS]


def _refused_link(target: str) -> str:
    return f"A link cannot lead to “{target}”. With a token it leads to {' or '.join(_link_targets())} alone."
