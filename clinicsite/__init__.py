"""Websites for many independent clinics, published from one Wagtail install."""

__version__ = "0.1.0"
