"""The rows of a list in a form: an item's editor between its handle and its menu."""
