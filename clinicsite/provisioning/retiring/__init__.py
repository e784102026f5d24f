"""Closing a clinic: everything is exported first, then removed, and its hosts say that it has closed."""
