"""What comes in: packs, filled-in templates, replies."""
