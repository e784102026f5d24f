"""What all pages have in common that can follow the library. What one shows: begin with `composing`."""
