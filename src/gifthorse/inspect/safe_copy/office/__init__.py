"""Office files as pages of our own: what they say and show is read into blocks, set by Typst, drawn, and laid under with its words."""
