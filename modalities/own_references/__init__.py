"""Papers that clinics bring: their own list, the window that cites them, and what the library answers."""
