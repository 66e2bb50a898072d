"""How long a pause in typing is before what is typed is kept."""

PAUSE_MS = 300
LONGEST_MS = 700
"""Whoever types on without a pause is saved as often as this, so that a power cut takes a second at the most."""
