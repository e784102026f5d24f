"""How a clinic's page comes to follow a library page, and how it leaves."""
