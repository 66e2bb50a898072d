"""The pages of an open library."""
