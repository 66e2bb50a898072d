"""Reversible edits: the one way to change an evaluation in memory, and undo."""
