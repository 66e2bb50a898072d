"""A table of an evaluation's items, edited in place, with the chosen item in full beside it."""
