"""Pictures and documents, for a project that brings no models of its own for them."""
