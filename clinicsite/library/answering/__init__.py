"""What a clinic says to the library: asked on a screen or in the page editor, said in a draft."""
