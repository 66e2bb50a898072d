"""The Overview: where to go on, the areas, the next actions and the file."""
