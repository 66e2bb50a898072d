"""What the trials of the bundles have in common."""
