"""Words in curly braces that each clinic fills with its own: {clinic}, {phone}, {city}."""
