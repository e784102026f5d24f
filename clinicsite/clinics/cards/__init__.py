"""The picture that stands for a page where its link is shared, drawn in the clinic's look."""

from clinicsite.clinics.cards.card import HEIGHT, WIDTH, Card, card_of

__all__ = ["HEIGHT", "WIDTH", "Card", "card_of"]
