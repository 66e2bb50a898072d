"""Themes, the matrix of settings by them, and the passages that one is on."""
