"""The template as a Word document, and what was typed into it, or into the toolkit's own table, read back."""
