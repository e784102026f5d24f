from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError


def validate_languages(value):
    """Refuse language codes nobody would know, naming them."""
    codes = [code.strip().lower() for code in value.split(",")]
    unknown = [code for code in codes if "name" not in LANG_INFO.get(code, {})]
    if unknown:
        wrong = ", ".join(code or "an empty entry" for code in unknown)
        raise ValidationError(
            f"Not a language code: {wrong}. Use codes such as en, fr, pa, with commas between."
        )
