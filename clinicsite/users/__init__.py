"""People who sign in, for a project that brings no user model of its own."""
