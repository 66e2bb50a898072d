"""Copies for a colleague who writes on them, or for a peer who reviews: given out, and brought back in."""
