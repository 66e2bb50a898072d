"""Find or go to: one field over everything that was written, the guidance, the help and the commands."""
