"""Spelling as one types."""
