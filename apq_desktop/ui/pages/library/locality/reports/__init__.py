"""The report of a locality, and its tables."""
