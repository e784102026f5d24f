"""Making what an agency and its clinics begin with."""
