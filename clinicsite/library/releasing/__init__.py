"""How the library's words reach clinics: checked, tried by pilots, released, recorded, undone, retired."""
