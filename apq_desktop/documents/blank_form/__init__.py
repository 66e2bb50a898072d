"""The blank template, on paper or to fill in on a screen, and the reading of a filled-in one."""
