"""Setting text for paper: fonts, shaping, direction, line breaking."""
