"""The letter that tells a setting what a reply says, and carries the reply file."""
