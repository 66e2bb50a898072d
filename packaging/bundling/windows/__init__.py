"""What only the Windows bundles need."""
