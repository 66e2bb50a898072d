"""What the bundles for the three systems have in common."""
