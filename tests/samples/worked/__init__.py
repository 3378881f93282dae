"""Something in every table of each area, made through the procedures."""
