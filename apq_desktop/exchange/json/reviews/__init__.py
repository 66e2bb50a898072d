"""Replies as JSON, format ``apq-review``, and the lines of journals."""
