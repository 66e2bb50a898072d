"""The history of edits: recorded with each save, queried, and thinned by age."""
