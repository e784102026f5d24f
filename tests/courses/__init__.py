"""An app as an agency writes it, with a page type of its own that follows the library, and its tests."""
