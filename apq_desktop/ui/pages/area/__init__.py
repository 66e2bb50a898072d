"""The tab of a category: its areas, their forms, and the guidance beside them."""
