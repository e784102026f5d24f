"""What is refused in a text with tokens: names that are none, phrases and links that cannot work."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from clinicsite.library.tokens import phrases
from clinicsite.library.tokens.names import LINK_TOKENS, TOKENS


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
