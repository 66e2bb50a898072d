"""Several evaluations in one file: the list of all, the next year, what changed, and an item over the years."""
