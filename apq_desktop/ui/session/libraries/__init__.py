"""The library that is open, and its thread."""
