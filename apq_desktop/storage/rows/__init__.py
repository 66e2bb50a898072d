"""Rows: how an evaluation is mapped to them, read from them, and saved as changes of them."""
