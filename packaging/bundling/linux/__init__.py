"""What only the Linux bundles need."""
