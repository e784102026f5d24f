"""Versions of a library page: as stored content, as each clinic reads them, and the rows that keep them."""
