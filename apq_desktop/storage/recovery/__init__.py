"""Salvage: reads what can still be read of a damaged file."""
