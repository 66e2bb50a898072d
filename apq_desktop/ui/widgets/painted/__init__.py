"""Shapes that are painted: marks drawn as lines, the mark of an area's state, Qt's style with them."""
