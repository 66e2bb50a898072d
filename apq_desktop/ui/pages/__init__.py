"""Pages: what is shown in the middle of the window."""
