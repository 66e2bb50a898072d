"""Differences between two evaluations: fields, words, items, and one item over the years."""
