"""Marks that stand at an entry or an item: carried forward from an earlier year, and the standards it bears on."""
